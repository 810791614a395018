-- Imports: rows wait here until a person has reviewed them, and what was done with them is kept.
create table import (
    account_id uuid not null,
    import_id uuid not null,
    person_id uuid not null,
    state text not null default 'staging',
    file_name text not null,
    file_bytes bigint not null,
    file_sha256 text not null,
    sheet text,
    headers text[] not null,
    -- The headers folded, to find the mapping of a file with such headers again.
    header_keys text[] not null,
    row_count integer not null,
    chunk_count integer not null,
    -- Of the whole request: an equal one resumes this import, another one starts it afresh.
    request_sha256 bytea not null,
    columns jsonb not null,
    new_attributes jsonb not null,
    mapping text not null,
    -- Personal data: blank as soon as the import is no longer staged.
    corrections text not null default '',
    started_at timestamptz not null,
    -- `domain::import::plan::PlanTotals` as JSON; null while there is no plan.
    planned_totals jsonb,
    finished_at timestamptz,
    new_count integer,
    changed_count integer,
    same_count integer,
    skipped_count integer,
    failed_count integer,
    -- The attributes that the commit made, for an undo to take back.
    made_attributes uuid[] not null default '{}',
    -- Those that were retired, and that the commit took back into use.
    restored_attributes uuid[] not null default '{}',
    undone_at timestamptz,
    undone_by uuid,
    removed_count integer,
    restored_count integer,
    -- Null until the import is committed: before that it is nobody's business.
    rev bigint,
    constraint import_pkey primary key (account_id, import_id),
    constraint import_account_fkey foreign key (account_id) references account (account_id),
    constraint import_state_check check (state in ('staging', 'committed', 'undone', 'cancelled')),
    constraint import_size_check check (row_count >= 1 and chunk_count between 1 and row_count),
    constraint import_totals_check check (
        case when state in ('committed', 'undone') then
            coalesce(row_count = new_count + changed_count + same_count + skipped_count + failed_count, false)
        else
            num_nonnulls(new_count, changed_count, same_count, skipped_count, failed_count) = 0
        end
    ),
    constraint import_forgotten_check check (state = 'staging' or (corrections = '' and planned_totals is null)),
    constraint import_undone_check check ((state = 'undone') = (num_nulls(undone_at, undone_by, removed_count, restored_count) = 0))
);

create unique index import_open_key on import (account_id, person_id, file_sha256) where state = 'staging';
create index import_file_idx on import (account_id, file_sha256);
create index import_stale_idx on import (account_id, started_at) where state = 'staging';

create trigger import_stamp_rev before insert or update on import
    for each row when (new.state in ('committed', 'undone')) execute function stamp_rev();

-- A chunk that has arrived. Its rows are in import_row, import_skipped_row and import_failed_row.
create table import_chunk (
    account_id uuid not null,
    import_id uuid not null,
    number integer not null,
    sha256 bytea not null,
    row_count integer not null,
    first_line integer not null,
    last_line integer not null,
    constraint import_chunk_pkey primary key (account_id, import_id, number),
    constraint import_chunk_import_fkey foreign key (account_id, import_id) references import (account_id, import_id),
    constraint import_chunk_lines_check check (number >= 0 and first_line >= 1 and last_line >= first_line + row_count - 1)
);

-- Staged rows have the columns of customer, so that a commit is one insert … select.
create table import_row (
    account_id uuid not null,
    import_id uuid not null,
    line integer not null,
    -- The id that the customer gets if the row makes a new one.
    customer_id uuid not null,
    unsubscribe boolean not null,
    reference text,
    reference_key text collate "C" generated always as (reference_key(reference)) stored,
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
    attributes jsonb not null,
    constraint import_row_pkey primary key (account_id, import_id, line),
    constraint import_row_import_fkey foreign key (account_id, import_id) references import (account_id, import_id)
);

create table import_skipped_row (
    account_id uuid not null,
    import_id uuid not null,
    line integer not null,
    reason text not null,
    into_line integer,
    constraint import_skipped_row_pkey primary key (account_id, import_id, line),
    constraint import_skipped_row_import_fkey foreign key (account_id, import_id) references import (account_id, import_id),
    constraint import_skipped_row_reason_check check (
        reason in ('by_person', 'folded_into', 'nothing_mapped') and (reason = 'folded_into') = (into_line is not null)
    )
);

-- Kept for a while after the commit, as the file of failed rows: they never became a customer.
create table import_failed_row (
    account_id uuid not null,
    import_id uuid not null,
    line integer not null,
    cells jsonb not null,
    reasons jsonb not null,
    -- Customers that the row was in conflict with, and who therefore may be the person in its cells: the cells go when one
    -- of them is erased.
    customers uuid[] not null default '{}',
    constraint import_failed_row_pkey primary key (account_id, import_id, line),
    constraint import_failed_row_import_fkey foreign key (account_id, import_id) references import (account_id, import_id)
);

create index import_failed_row_customers_idx on import_failed_row (account_id) where customers <> '{}';

-- The plan: staged rows that are about a customer who exists, and rows that cannot be written. A staged row without
-- an entry here makes a new customer. An undo uses the same table for what it is about to put back.
create table import_change (
    account_id uuid not null,
    import_id uuid not null,
    line integer not null,
    outcome text not null,
    -- No foreign keys to customer: they would lock customers while a plan is made, which holds no rev, against the order in
    -- which writes lock. Whoever removes customers removes what is planned for them.
    customer_id uuid,
    -- Conflicts: who has the phone, or which earlier line is the same.
    phone_owner_id uuid,
    same_as_line integer,
    -- The changed slots as the history keeps them: [{slot, from, to}].
    changes jsonb not null default '[]',
    -- The same as columns of customer: null erases.
    fields jsonb not null default '{}',
    attributes jsonb not null default '{}',
    constraint import_change_pkey primary key (account_id, import_id, line),
    constraint import_change_import_fkey foreign key (account_id, import_id) references import (account_id, import_id),
    constraint import_change_outcome_check check (
        case outcome
            when 'conflict' then num_nonnulls(phone_owner_id, same_as_line) = 1
            when 'changed' then customer_id is not null and changes <> '[]'
            when 'same' then customer_id is not null and changes = '[]'
            else false
        end
    )
);

create index import_change_customer_idx on import_change (account_id, customer_id);
create index import_change_phone_owner_idx on import_change (account_id, phone_owner_id) where phone_owner_id is not null;

-- What an undo left alone because somebody touched it since; a blank slot stands for the whole profile.
create table import_kept (
    account_id uuid not null,
    import_id uuid not null,
    customer_id uuid not null,
    slot text not null,
    constraint import_kept_pkey primary key (account_id, import_id, customer_id, slot),
    constraint import_kept_import_fkey foreign key (account_id, import_id) references import (account_id, import_id),
    constraint import_kept_customer_fkey foreign key (account_id, customer_id) references customer (account_id, customer_id) on delete cascade
);

create index import_kept_customer_idx on import_kept (account_id, customer_id);

-- Wishes not to be contacted, as do-not-contact lists bring them; about a phone number, whoever's it is. Nothing can
-- take one back: neither an undo nor a later import. When the customer who has the number is erased, only `keyed_hash` of it
-- stays: whoever asks about a number asks about both.
create table opt_out_request (
    account_id uuid not null,
    import_id uuid not null,
    line integer not null,
    phone text collate "C" not null,
    at timestamptz not null,
    constraint opt_out_request_pkey primary key (account_id, import_id, line, phone),
    constraint opt_out_request_import_fkey foreign key (account_id, import_id) references import (account_id, import_id)
);

create index opt_out_request_phone_idx on opt_out_request (account_id, phone);

alter table import enable row level security;
alter table import force row level security;
create policy import_tenant on import
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
-- The sweep of what imports leave behind finds it across accounts; what it then does, it does within each.
create policy import_sweep on import for select
    using (state <> 'cancelled' and current_setting('app.sweep', true) = 'imports');
alter table import_chunk enable row level security;
alter table import_chunk force row level security;
create policy import_chunk_tenant on import_chunk
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table import_row enable row level security;
alter table import_row force row level security;
create policy import_row_tenant on import_row
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table import_skipped_row enable row level security;
alter table import_skipped_row force row level security;
create policy import_skipped_row_tenant on import_skipped_row
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table import_failed_row enable row level security;
alter table import_failed_row force row level security;
create policy import_failed_row_tenant on import_failed_row
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
create policy import_failed_row_sweep on import_failed_row for select
    using (current_setting('app.sweep', true) = 'imports');
alter table import_change enable row level security;
alter table import_change force row level security;
create policy import_change_tenant on import_change
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table import_kept enable row level security;
alter table import_kept force row level security;
create policy import_kept_tenant on import_kept
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table opt_out_request enable row level security;
alter table opt_out_request force row level security;
create policy opt_out_request_tenant on opt_out_request
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

-- An undo asks for what an import changed; everything else asks by customer.
create index customer_history_import_idx on customer_history (account_id, import_id, history_id) where source = 'import';

-- An undo removes the attributes that the import made, when nothing else knows of them.
grant delete on attribute to regulars_app;

grant select, insert, update on import to regulars_app;
grant select, insert, update, delete on import_row, import_change to regulars_app;
grant select, insert, delete on import_chunk, import_skipped_row, import_failed_row, import_kept to regulars_app;
grant update (cells, customers) on import_failed_row to regulars_app;
grant select, insert on opt_out_request to regulars_app;
grant update (phone) on opt_out_request to regulars_app;
