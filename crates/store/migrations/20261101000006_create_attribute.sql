-- Definitions of the custom fields of an account. Values live in `customer.attributes`, by attribute id.
create table attribute (
    account_id uuid not null,
    attribute_id uuid not null,
    name text not null,
    name_key text collate "C" not null generated always as (fold_text(name)) stored,
    kind text not null,
    position integer not null,
    retired boolean not null default false,
    -- Set when its values were moved into another one: such a row is kept for the history of customers only.
    merged_into uuid,
    updated_at timestamptz not null,
    updated_by uuid,
    rev bigint not null,
    constraint attribute_pkey primary key (account_id, attribute_id),
    constraint attribute_account_fkey foreign key (account_id) references account (account_id),
    constraint attribute_merged_into_fkey foreign key (account_id, merged_into) references attribute (account_id, attribute_id),
    constraint attribute_kind_check check (kind in ('text', 'texts', 'date', 'number'))
);
create unique index attribute_name_key on attribute (account_id, name_key) where merged_into is null;

alter table attribute enable row level security;
alter table attribute force row level security;
create policy attribute_tenant on attribute
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
create trigger attribute_stamp_rev before insert or update or delete on attribute
    for each row execute function stamp_rev();

grant select, insert, update on attribute to regulars_app;

-- The texts of one collection and then those of another, each once; null unless both are collections.
create function joined_texts(have jsonb, more jsonb) returns jsonb language sql immutable parallel safe as $$
    select jsonb_agg(t.text order by t.first)
    from (
        select e.text, min(e.place) as first
        from jsonb_array_elements_text(
            case when jsonb_typeof(have) = 'array' and jsonb_typeof(more) = 'array' then have || more else '[]' end
        ) with ordinality e (text, place)
        group by e.text
    ) t
$$;
