-- Who did what that a shop must be able to answer for. Nothing in it names a customer, so that nothing in it has to be erased;
-- and nobody can change or remove an entry.
create table audit_entry (
    account_id uuid not null,
    audit_id uuid not null,
    person_id uuid not null,
    at timestamptz not null,
    action text not null,
    -- `domain::audit::Action` as JSON.
    details jsonb not null,
    constraint audit_entry_pkey primary key (account_id, audit_id),
    constraint audit_entry_account_fkey foreign key (account_id) references account (account_id),
    constraint audit_entry_details_check check (jsonb_typeof(details) = 'object')
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'entries of % stay as they are', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger audit_entry_refuse_change before update or delete on audit_entry
    for each row execute function refuse_change();

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy audit_entry_tenant on audit_entry
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

grant select, insert on audit_entry to regulars_app;
