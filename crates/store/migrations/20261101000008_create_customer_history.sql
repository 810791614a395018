-- One row for each applied change of one slot. That a customer was made, and by whom, stands in `customer`.
create table customer_history (
    account_id uuid not null,
    customer_id uuid not null,
    -- Drawn while the account's rev is locked: within an account its order is the order of the changes.
    history_id bigint not null generated always as identity,
    -- A field's key or an attribute's id: `domain::slot::Slot` as it prints.
    slot text not null,
    -- `domain::value::Value` as JSON; null is no value.
    from_value jsonb,
    to_value jsonb,
    person_id uuid,
    source text not null,
    import_id uuid,
    import_line integer,
    at timestamptz not null,
    rev bigint not null,
    constraint customer_history_pkey primary key (account_id, customer_id, history_id),
    constraint customer_history_customer_fkey foreign key (account_id, customer_id)
        references customer (account_id, customer_id) on delete cascade,
    constraint customer_history_source_check check (
        (source = 'staff' and import_id is null and import_line is null)
        or (source = 'import' and import_id is not null and import_line is not null)
        or (source = 'undo' and import_id is not null and import_line is null)
    )
);

alter table customer_history enable row level security;
alter table customer_history force row level security;
create policy customer_history_tenant on customer_history
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
create trigger customer_history_stamp_rev before insert or update on customer_history
    for each row execute function stamp_rev();

grant select, insert on customer_history to regulars_app;
