-- Through whom messages of an account go. Without a row: the provider that the environment names, for the oldest account; else
-- the phone simulator.
create table provider (
    account_id uuid not null,
    account_sid text not null,
    -- Encrypted under the server's key, with the account as associated data.
    auth_token bytea not null,
    sender text not null,
    per_second integer not null,
    person_id uuid not null,
    set_at timestamptz not null,
    constraint provider_pkey primary key (account_id),
    constraint provider_account_fkey foreign key (account_id) references account (account_id),
    constraint provider_per_second_check check (per_second between 1 and 100)
);

-- The bucket of the rate of an account: when it is full again (`domain::rate::Bucket`).
create table send_rate (
    account_id uuid not null,
    full_at timestamptz not null,
    constraint send_rate_pkey primary key (account_id),
    constraint send_rate_account_fkey foreign key (account_id) references account (account_id)
);

alter table provider enable row level security;
alter table provider force row level security;
create policy provider_tenant on provider
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table send_rate enable row level security;
alter table send_rate force row level security;
create policy send_rate_tenant on send_rate
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
-- Which account is the oldest.
create policy account_oldest on account for select using (current_setting('app.sweep', true) = 'accounts');

grant select, insert, update, delete on provider to regulars_app;
grant select, insert, update on send_rate to regulars_app;
