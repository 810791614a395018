-- People sign in once and may be members of several accounts: they, their sessions and the guards of sign-in belong to
-- no account, and these tables are global.
create table person (
    person_id uuid not null,
    email text not null,
    name text not null,
    password_hash text not null,
    created_at timestamptz not null,
    constraint person_pkey primary key (person_id),
    constraint person_email_key unique (email)
);

-- Only the SHA-256 of a token is kept: who reads this table cannot sign in with it.
create table session (
    token_hash bytea not null,
    session_id uuid not null,
    person_id uuid not null,
    -- The account shown in this browser; who may see it is asked of `membership` each time.
    shown_account_id uuid,
    browser text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    constraint session_pkey primary key (token_hash),
    constraint session_id_key unique (session_id),
    constraint session_person_fkey foreign key (person_id) references person (person_id) on delete cascade
);
create index session_person_idx on session (person_id);

create table setup_token (
    token_hash bytea not null,
    expires_at timestamptz not null,
    constraint setup_token_pkey primary key (token_hash)
);

-- Failed sign-ins of the current window, by the SHA-256 of an e-mail or an address.
create table sign_in_attempt (
    scope text not null,
    key_hash bytea not null,
    window_started_at timestamptz not null,
    failures integer not null,
    constraint sign_in_attempt_pkey primary key (scope, key_hash),
    constraint sign_in_attempt_scope_check check (scope in ('email', 'address'))
);

grant select, insert, update on person to regulars_app;
grant select, insert, update, delete on session, sign_in_attempt to regulars_app;
grant select, insert, delete on setup_token to regulars_app;
