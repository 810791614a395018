-- Which mutations were answered, and how: a mutation sent again gets the same answer and changes nothing. What the
-- mutation asked for is not kept.
create table mutation_log (
    account_id uuid not null,
    mutation_id uuid not null,
    -- `domain::mutation::Outcome` as JSON.
    outcome jsonb not null,
    -- Customers whose data stands in the outcome's problems; it is taken out when one of them is erased.
    customers uuid[] not null,
    person_id uuid not null,
    received_at timestamptz not null,
    rev bigint not null,
    constraint mutation_log_pkey primary key (account_id, mutation_id),
    constraint mutation_log_account_fkey foreign key (account_id) references account (account_id)
);
-- Outcomes with problems are few, and an erasure looks through them only.
create index mutation_log_problem_idx on mutation_log (account_id) where customers <> '{}';

alter table mutation_log enable row level security;
alter table mutation_log force row level security;
create policy mutation_log_tenant on mutation_log
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
create trigger mutation_log_stamp_rev before insert on mutation_log
    for each row execute function stamp_rev();

grant select, insert on mutation_log to regulars_app;
grant update (outcome, customers) on mutation_log to regulars_app;
