-- A customer is one row: fixed fields, and the attributes by id as jsonb (text and date and number as a string, a
-- collection as an array of strings; a slot without a value is absent).

-- Puts a space behind each character that a word begins after, so that every word begins behind a space: the trigram
-- index finds `% ab%`, and nothing finds the beginnings of words by regular expressions fast enough.
create function spread_words(t text) returns text language sql immutable strict parallel safe as $$
    select replace(replace(replace(replace(replace(replace(replace(replace(replace(
        t, E'\n', E'\n '), '-', '- '), '''', ''' '), '’', '’ '), '.', '. '), '@', '@ '), '/', '/ '), '(', '( '), '_', '_ ')
$$;

-- Exactly `domain::search::haystack`: what any-fragment search looks through. Each value is a line, so that no fragment
-- spans two values; the first name stands on both sides of the last name, so that both orders are found.
create function customer_search_text(
    first_name text, last_name text, company text, reference text, email text,
    street text, city text, region text, postal_code text,
    cell_phone text, other_phones text[], attributes jsonb
) returns text language plpgsql immutable parallel safe as $$
declare
    full_name text := nullif(concat_ws(' ', first_name, last_name, case when last_name is not null then first_name end), '');
    attribute_lines text;
    phones text := nullif(concat_ws(E'\n', substr(cell_phone, 2), replace(array_to_string(other_phones, E'\n'), '+', '')), '');
begin
    if attributes <> '{}' then
        attribute_lines := (
            select string_agg(value #>> '{}', E'\n') from jsonb_path_query(attributes, 'lax $.*[*]') value
        );
    end if;
    return spread_words(fold_text(E'\n' || concat_ws(
        E'\n', full_name, company, reference, email, street, city, region, postal_code, attribute_lines, phones
    )));
end
$$;

-- Exactly `domain::customer::Values::sort_name`: last name, then first name, else company. U+0001 stands between the two
-- names, because it sorts before everything that a name can hold.
create function customer_sort_name(first_name text, last_name text, company text)
    returns text language plpgsql immutable parallel safe as $$
begin
    return fold_text(coalesce(nullif(concat_ws(E'\u0001', last_name, first_name), ''), company));
end
$$;

create table customer (
    account_id uuid not null,
    customer_id uuid not null,
    reference text,
    first_name text,
    last_name text,
    company text,
    cell_phone text collate "C",
    other_phones text[],
    email text,
    street text,
    city text,
    region text,
    postal_code text,
    country text,
    birth_date date,
    language text,
    notes text,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    last_activity_at timestamptz not null,
    created_by uuid,
    created_import_id uuid,
    created_import_line integer,
    created_rev bigint not null,
    rev bigint not null,
    reference_key text collate "C" generated always as (reference_key(reference)) stored,
    sort_name text collate "C" generated always as (customer_sort_name(first_name, last_name, company)) stored,
    search text collate "C" not null generated always as (
        customer_search_text(
            first_name, last_name, company, reference, email, street, city, region, postal_code,
            cell_phone, other_phones, attributes
        )
    ) stored,
    constraint customer_pkey primary key (account_id, customer_id),
    constraint customer_account_fkey foreign key (account_id) references account (account_id),
    constraint customer_cell_phone_key unique (account_id, cell_phone),
    constraint customer_reference_key unique (account_id, reference_key),
    constraint customer_cell_phone_check check (cell_phone ~ '^\+[1-9][0-9]{6,14}$'),
    constraint customer_attributes_check check (jsonb_typeof(attributes) = 'object')
);

-- Pages of the list walk these. Cell phone and reference are unique, so that their constraints serve as well.
create index customer_name_idx on customer (account_id, sort_name, customer_id);
create index customer_activity_idx on customer (account_id, last_activity_at, customer_id);

-- Fast update batches the trigrams of many rows, without which an import pays for some eighty descents a row; the small
-- limit bounds what a search must read of the batch that is still pending.
create index customer_search_idx on customer using gin (search gin_trgm_ops)
    with (fastupdate = on, gin_pending_list_limit = 4096);

-- The choice between walking the list and asking the trigrams rests on how common a fragment is.
alter table customer alter column search set statistics 1000;

create function stamp_created_rev() returns trigger language plpgsql as $$
begin
    new.created_rev := new.rev;
    return new;
end
$$;

create table customer_tombstone (
    account_id uuid not null,
    customer_id uuid not null,
    rev bigint not null,
    constraint customer_tombstone_pkey primary key (account_id, customer_id),
    constraint customer_tombstone_account_fkey foreign key (account_id) references account (account_id)
);

-- No customer disappears without a trace that it did: the trace is its id and nothing else.
create function leave_customer_tombstones() returns trigger language plpgsql as $$
begin
    insert into customer_tombstone (account_id, customer_id, rev)
    select account_id, customer_id, 0 from erased;
    return null;
end
$$;

alter table customer enable row level security;
alter table customer force row level security;
create policy customer_tenant on customer
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

alter table customer_tombstone enable row level security;
alter table customer_tombstone force row level security;
create policy customer_tombstone_tenant on customer_tombstone
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

-- Triggers fire in the order of their names: the rev is there when `created_rev` is taken from it.
create trigger customer_1_stamp_rev before insert or update or delete on customer
    for each row execute function stamp_rev();
create trigger customer_2_stamp_created_rev before insert on customer
    for each row execute function stamp_created_rev();
create trigger customer_leave_tombstones after delete on customer
    referencing old table as erased for each statement execute function leave_customer_tombstones();
create trigger customer_tombstone_stamp_rev before insert or update or delete on customer_tombstone
    for each row execute function stamp_rev();

grant select, insert, update, delete on customer to regulars_app;
grant select, insert on customer_tombstone to regulars_app;
