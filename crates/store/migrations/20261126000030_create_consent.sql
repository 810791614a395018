-- The ledger of consent. It holds no number: a contact point stands under `keyed_hash`, so that nothing of the ledger has to
-- be erased with a customer, and nobody but its account can tell whose it is.
create table consent_event (
    account_id uuid not null,
    -- From 1, without gaps.
    seq bigint not null,
    channel text not null,
    contact_key text collate "C" not null,
    kind text not null,
    source text not null,
    person_id uuid,
    screen text,
    import_id uuid,
    line integer,
    -- The provider's id of the customer's own message.
    message_id text collate "C",
    -- The contact point that this one replaced, if there was one just before.
    from_key text collate "C",
    occurred_at timestamptz not null,
    arrived_at timestamptz not null,
    -- Whether it changed the state of its contact point.
    changed boolean not null,
    -- SHA-256 of the event and of the hash before it: `domain::consent::Event::hash`.
    hash bytea not null,
    rev bigint not null,
    constraint consent_event_pkey primary key (account_id, seq),
    constraint consent_event_account_fkey foreign key (account_id) references account (account_id),
    constraint consent_event_channel_check check (channel in ('sms')),
    constraint consent_event_kind_check check (kind in ('opt_out', 'start')),
    constraint consent_event_hash_check check (length(hash) = 32),
    constraint consent_event_source_check check (
        case source
            when 'staff' then num_nonnulls(person_id, screen) = 2 and num_nonnulls(import_id, line, message_id, from_key) = 0
            when 'import' then num_nonnulls(person_id, import_id, line) = 3 and num_nonnulls(screen, message_id, from_key) = 0
            when 'message' then message_id is not null and num_nonnulls(person_id, screen, import_id, line, from_key) = 0
            when 'carried' then person_id is not null and num_nonnulls(screen, import_id, line, message_id) = 0
            else false
        end
    ),
    -- Nobody but the customer subscribes again.
    constraint consent_event_start_check check (kind <> 'start' or source = 'message')
);

create index consent_event_contact_idx on consent_event (account_id, contact_key, seq);
create index consent_event_changed_idx on consent_event (account_id, arrived_at) where changed;
-- A message that a provider delivers twice is one event.
create unique index consent_event_message_key on consent_event (account_id, message_id) where message_id is not null;

-- What the events of each contact point come to, in the order of their revs: `domain::consent::State`.
create table consent_state (
    account_id uuid not null,
    channel text not null,
    contact_key text collate "C" not null,
    status text not null,
    since_seq bigint not null,
    since timestamptz not null,
    last_opt_out_rev bigint,
    rev bigint not null,
    constraint consent_state_pkey primary key (account_id, channel, contact_key),
    constraint consent_state_event_fkey foreign key (account_id, since_seq) references consent_event (account_id, seq),
    constraint consent_state_status_check check (status in ('implied', 'express', 'unsubscribed'))
);

create index consent_state_unsubscribed_idx on consent_state (account_id, contact_key) where status = 'unsubscribed';

-- The end of each ledger, so that events that were cut off its end are missed.
create table consent_head (
    account_id uuid not null,
    seq bigint not null,
    hash bytea not null,
    constraint consent_head_pkey primary key (account_id),
    constraint consent_head_event_fkey foreign key (account_id, seq) references consent_event (account_id, seq)
);

-- Since when the person wants no messages, whatever their numbers, and the rev in which that came: only a START of a later
-- rev, on a number that they have, clears it.
alter table customer add column asked_to_stop_at timestamptz;
alter table customer add column asked_to_stop_rev bigint;
alter table customer add constraint customer_asked_to_stop_check check (num_nonnulls(asked_to_stop_at, asked_to_stop_rev) in (0, 2));
-- What screens show: since when the person asked, else since when the cell phone is unsubscribed. Triggers keep it.
alter table customer add column unsubscribed_at timestamptz;

-- Pages of the unsubscribed walk these.
create index customer_unsubscribed_name_idx on customer (account_id, sort_name, customer_id) where unsubscribed_at is not null;
create index customer_unsubscribed_phone_idx on customer (account_id, cell_phone, customer_id) where unsubscribed_at is not null;
create index customer_unsubscribed_reference_idx on customer (account_id, reference_key, customer_id) where unsubscribed_at is not null;
create index customer_unsubscribed_activity_idx on customer (account_id, last_activity_at, customer_id) where unsubscribed_at is not null;
-- Whose other phone a number is: a comparison of arrays is not leakproof, so that row-level security lets no index serve it.
create index customer_other_phones_idx on customer (account_id, customer_id) where other_phones is not null;

-- `keyed_hash` of many texts: what depends on the key alone is made once.
create function keyed_hash_pads(key bytea, out inside bytea, out outside bytea) language plpgsql immutable strict parallel safe as $$
begin
    inside := key || decode(repeat('00', 64 - length(key)), 'hex');
    outside := inside;
    for i in 0..63 loop
        inside := set_byte(inside, i, get_byte(inside, i) # 54);
        outside := set_byte(outside, i, get_byte(outside, i) # 92);
    end loop;
end
$$;

create function padded_hash(inside bytea, outside bytea, t text) returns text language sql immutable strict parallel safe as $$
    select 'hmac-sha256:' || encode(sha256(outside || sha256(inside || convert_to(t, 'UTF8'))), 'hex')
$$;

-- Who is made with a number that does not want messages asked for it, whoever makes them: somebody who was deleted comes back
-- so. Nothing is known of how many rows are made: a nested loop over them could take for ever, a hash join never does. What
-- cannot do without a loop then looks dear enough to be compiled, which would take longer than everything else.
create function look_up_consent_of_made() returns trigger language plpgsql set enable_nestloop = off set jit = off as $$
declare
    shop uuid;
    ids uuid[];
    since timestamptz[];
    revs bigint[];
begin
    for shop in select distinct account_id from made loop
        if not exists (select from consent_state s where s.account_id = shop and s.status = 'unsubscribed') then
            continue;
        end if;
        with pads as materialized (
            select p.inside, p.outside from account a, lateral keyed_hash_pads(a.erasure_key) p where a.account_id = shop
        ), keyed as materialized (
            select made.customer_id,
                padded_hash((select inside from pads), (select outside from pads), phone collate "C") as contact_key
            from made cross join lateral unnest(made.cell_phone || coalesce(made.other_phones, '{}')) phone
            where made.account_id = shop and phone is not null
        ), stopped as materialized (
            select k.customer_id, min(s.since) as since, max(s.last_opt_out_rev) as rev
            from keyed k join consent_state s using (contact_key)
            where s.account_id = shop and s.channel = 'sms' and s.status = 'unsubscribed'
            group by k.customer_id
        )
        select array_agg(s.customer_id), array_agg(s.since), array_agg(s.rev) into ids, since, revs from stopped s;
        -- By their ids, or every customer of the account would be gone through for the one who is made.
        update customer c
        set asked_to_stop_at = least(c.asked_to_stop_at, s.since),
            asked_to_stop_rev = greatest(c.asked_to_stop_rev, s.rev, 0)
        from unnest(ids, since, revs) s (customer_id, since, rev)
        where c.account_id = shop and c.customer_id = any (ids) and c.customer_id = s.customer_id;
    end loop;
    return null;
end
$$;
create trigger customer_look_up_consent_of_made after insert on customer
    referencing new table as made for each statement execute function look_up_consent_of_made();

-- Who asked is unsubscribed; else it goes by the cell phone. The key is made before it is looked for, because row-level
-- security lets no index be asked by a function that is not leakproof; and a plan that was made while there was next to
-- nothing must not stay a walk over everything.
create function look_up_consent() returns trigger language plpgsql set enable_seqscan = off as $$
declare
    contact text;
begin
    new.unsubscribed_at := new.asked_to_stop_at;
    if new.asked_to_stop_at is null and new.cell_phone is not null then
        contact := (select keyed_hash(a.erasure_key, new.cell_phone) from account a where a.account_id = new.account_id);
        new.unsubscribed_at := (
            select s.since from consent_state s
            where s.account_id = new.account_id and s.channel = 'sms' and s.contact_key = contact and s.status = 'unsubscribed'
        );
    end if;
    return new;
end
$$;
create trigger customer_3_look_up_consent before update on customer
    for each row when (
        old.cell_phone is distinct from new.cell_phone or old.asked_to_stop_at is distinct from new.asked_to_stop_at
    ) execute function look_up_consent();
create trigger customer_3_look_up_consent_of_made before insert on customer
    for each row when (new.asked_to_stop_at is not null) execute function look_up_consent();

-- Nothing but a START of the same contact point that came later takes it out of `unsubscribed`.
create function guard_consent_state() returns trigger language plpgsql as $$
begin
    if (new.account_id, new.channel, new.contact_key) is distinct from (old.account_id, old.channel, old.contact_key)
        or coalesce(new.last_opt_out_rev, -1) < coalesce(old.last_opt_out_rev, -1)
        or old.status = 'unsubscribed' and new.status <> 'unsubscribed' and not exists (
            select from consent_event e
            where e.account_id = old.account_id and e.channel = old.channel and e.contact_key = old.contact_key
                and e.kind = 'start' and e.rev > coalesce(old.last_opt_out_rev, -1)
        )
    then
        raise exception 'only a later START lifts what stands in %', tg_table_name using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create function guard_consent_head() returns trigger language plpgsql as $$
begin
    if new.account_id is distinct from old.account_id or new.seq <= old.seq then
        raise exception 'a ledger only grows' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger consent_event_stamp_rev before insert on consent_event
    for each row execute function stamp_rev();
create trigger consent_event_refuse_change before update or delete on consent_event
    for each row execute function refuse_change();
create trigger consent_event_refuse_truncate before truncate on consent_event
    for each statement execute function refuse_change();
create trigger consent_state_stamp_rev before insert or update on consent_state
    for each row execute function stamp_rev();
create trigger consent_state_guard before update on consent_state
    for each row execute function guard_consent_state();
create trigger consent_state_refuse_delete before delete on consent_state
    for each row execute function refuse_change();
create trigger consent_state_refuse_truncate before truncate on consent_state
    for each statement execute function refuse_change();
create trigger consent_head_guard before update on consent_head
    for each row execute function guard_consent_head();
create trigger consent_head_refuse_delete before delete on consent_head
    for each row execute function refuse_change();
create trigger consent_head_refuse_truncate before truncate on consent_head
    for each statement execute function refuse_change();

alter table consent_event enable row level security;
alter table consent_event force row level security;
create policy consent_event_tenant on consent_event
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table consent_state enable row level security;
alter table consent_state force row level security;
create policy consent_state_tenant on consent_state
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table consent_head enable row level security;
alter table consent_head force row level security;
create policy consent_head_tenant on consent_head
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
-- Who checks every ledger finds the accounts by themselves, so that a ledger that is gone is missed; what it then does, it
-- does within each.
create policy account_sweep on account for select
    using (current_setting('app.sweep', true) = 'ledgers');

grant select, insert on consent_event to regulars_app;
grant select, insert, update on consent_state, consent_head to regulars_app;
