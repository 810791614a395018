-- Who works in which account, and who is invited to.
create table membership (
    account_id uuid not null,
    person_id uuid not null,
    role text not null,
    joined_at timestamptz not null,
    constraint membership_pkey primary key (account_id, person_id),
    constraint membership_account_fkey foreign key (account_id) references account (account_id),
    constraint membership_role_check check (role in ('viewer', 'advisor', 'manager', 'owner'))
);
create index membership_person_idx on membership (person_id);

create table invite (
    account_id uuid not null,
    invite_id uuid not null,
    -- SHA-256 of the secret in the link.
    secret_hash bytea not null,
    role text not null,
    note text not null,
    invited_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint invite_pkey primary key (account_id, invite_id),
    constraint invite_secret_key unique (account_id, secret_hash),
    constraint invite_account_fkey foreign key (account_id) references account (account_id),
    constraint invite_role_check check (role in ('viewer', 'advisor', 'manager', 'owner'))
);

alter table membership enable row level security;
alter table membership force row level security;
create policy membership_tenant on membership
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

alter table invite enable row level security;
alter table invite force row level security;
create policy invite_tenant on invite
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

-- The sweep of invitations that nobody accepted finds them across accounts; what it then does, it does within each.
create policy invite_sweep on invite for select using (current_setting('app.sweep', true) = 'invites');

-- A person who has signed in may read where they are a member, before any account is chosen.
create policy membership_own on membership for select
    using (person_id = nullif(current_setting('app.person_id', true), '')::uuid);
create policy account_own on account for select
    using (
        account_id in (
            select m.account_id from membership m
            where m.person_id = nullif(current_setting('app.person_id', true), '')::uuid
        )
    );

grant select, insert, update, delete on membership to regulars_app;
grant select, insert, delete on invite to regulars_app;
