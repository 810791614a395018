-- How far a plan or a commit has come, written beside its transaction so that others see it before that ends. Worth
-- nothing after a crash: hence unlogged. No foreign key: it would wait for the lock that the transaction holds on its import.
create unlogged table import_progress (
    account_id uuid not null,
    import_id uuid not null,
    done integer not null,
    total integer not null,
    -- Somebody asked the commit to end without writing anything.
    stop boolean not null default false,
    constraint import_progress_pkey primary key (account_id, import_id),
    constraint import_progress_done_check check (done >= 0 and total >= 0)
);

alter table import_progress enable row level security;
alter table import_progress force row level security;
create policy import_progress_tenant on import_progress
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

grant select, insert, update, delete on import_progress to regulars_app;
