-- An account is one shop. Its rev counter is the lock that puts the writes of the account in an order.
create table account (
    account_id uuid not null,
    name text not null,
    country text not null,
    time_zone text not null,
    created_at timestamptz not null,
    -- For `keyed_hash`: what is kept of people who were erased means nothing without it.
    erasure_key bytea not null default sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
    constraint account_pkey primary key (account_id),
    constraint account_country_check check (country ~ '^[A-Z]{2}$')
);

create table account_rev (
    account_id uuid not null,
    rev bigint not null default 0,
    constraint account_rev_pkey primary key (account_id),
    constraint account_rev_account_fkey foreign key (account_id) references account (account_id)
);

alter table account enable row level security;
alter table account force row level security;
create policy account_tenant on account
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

alter table account_rev enable row level security;
alter table account_rev force row level security;
create policy account_rev_tenant on account_rev
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

grant select, insert, update on account, account_rev to regulars_app;

-- Every synced row carries the rev of the transaction that wrote it last. A write outside of `AccountTx` has none, and
-- is refused, whoever tries: jobs, psql sessions and migrations cannot write around the feed.
create function stamp_rev() returns trigger language plpgsql as $$
declare
    rev text := nullif(current_setting('app.rev', true), '');
begin
    if rev is null then
        raise exception 'a write to % needs a rev', tg_table_name using errcode = 'object_not_in_prerequisite_state';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    new.rev := rev::bigint;
    return new;
end
$$;

-- HMAC-SHA-256 (RFC 2104) of a text, for keys of at most 64 bytes.
create function keyed_hash(key bytea, t text) returns text language plpgsql immutable strict parallel safe as $$
declare
    inside bytea := key || decode(repeat('00', 64 - length(key)), 'hex');
    outside bytea := inside;
begin
    for i in 0..63 loop
        inside := set_byte(inside, i, get_byte(inside, i) # 54);
        outside := set_byte(outside, i, get_byte(outside, i) # 92);
    end loop;
    return 'hmac-sha256:' || encode(sha256(outside || sha256(inside || convert_to(t, 'UTF8'))), 'hex');
end
$$;
