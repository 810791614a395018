-- Exports: what was asked for, so that the pages that follow answer that and nothing else.
create table export (
    account_id uuid not null,
    export_id uuid not null,
    person_id uuid not null,
    begun_at timestamptz not null,
    -- `domain::export::ExportRequest` as JSON. It may hold what a person searched for: null once its pages cannot be asked for.
    request jsonb,
    constraint export_pkey primary key (account_id, export_id),
    constraint export_account_fkey foreign key (account_id) references account (account_id)
);

create index export_begun_idx on export (account_id, begun_at) where request is not null;

alter table export enable row level security;
alter table export force row level security;
create policy export_tenant on export
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
-- The sweep of requests that are over finds them across accounts; what it then does, it does within each.
create policy export_sweep on export for select
    using (request is not null and current_setting('app.sweep', true) = 'exports');

grant select, insert on export to regulars_app;
grant update (request) on export to regulars_app;
