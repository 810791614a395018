-- Threads of text messages, one for each number that somebody wrote to or from, and what stands in them.
create table conversation (
    account_id uuid not null,
    conversation_id uuid not null,
    phone text collate "C" not null,
    -- Whoever has the number as a cell phone, else who had it last. Triggers keep it; goes with the customer.
    customer_id uuid,
    closed boolean not null default false,
    -- Whoever takes care of it.
    assignee_id uuid,
    -- Messages that nobody has seen.
    unread integer not null default 0,
    -- Of the latest entry.
    last_at timestamptz not null,
    rev bigint not null,
    constraint conversation_pkey primary key (account_id, conversation_id),
    constraint conversation_account_fkey foreign key (account_id) references account (account_id),
    constraint conversation_phone_key unique (account_id, phone),
    constraint conversation_customer_fkey foreign key (account_id, customer_id)
        references customer (account_id, customer_id) on delete cascade,
    constraint conversation_phone_check check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    constraint conversation_unread_check check (unread >= 0)
);

-- Pages of the lists walk these.
create index conversation_open_idx on conversation (account_id, last_at, conversation_id) where not closed;
create index conversation_closed_idx on conversation (account_id, last_at, conversation_id) where closed;
create index conversation_unread_idx on conversation (account_id, last_at, conversation_id) where not closed and unread > 0;
create index conversation_customer_idx on conversation (account_id, customer_id);

-- What any-fragment search looks through: a line, folded, words behind spaces, as `customer_search_text` has them.
create function message_search_text(t text) returns text language sql immutable strict parallel safe as $$
    select spread_words(fold_text(E'\n' || translate(t, E'\n\t\u00a0\u202f\r', '    ')))
$$;

create table message (
    account_id uuid not null,
    message_id uuid not null,
    conversation_id uuid not null,
    kind text not null,
    at timestamptz not null,
    -- What a person reads in the thread. Of a message that was sent, exactly what was.
    text text not null,
    -- Whoever wrote it, of the staff.
    person_id uuid,
    -- The provider's id: what a message that is delivered twice, and a state, are recognised by.
    provider_id text collate "C",
    -- Of a message from the customer: `domain::keyword::Meaning`, and its files as an array of {url, content_type}.
    meaning jsonb,
    media jsonb,
    -- Of a message of the shop.
    origin text,
    purpose text,
    delivery text,
    -- `domain::conversation::SendTrouble` of the last try.
    trouble jsonb,
    tries integer not null default 0,
    -- When it is due, while it waits.
    next_try_at timestamptz,
    -- When it was about to be handed to the provider for the last time.
    handed_at timestamptz,
    -- Whether it carries the offer to unsubscribe.
    offers boolean not null default false,
    -- In which language offers are written: `en` or `fr`.
    language text,
    segments integer,
    rev bigint not null,
    -- The order of the thread: that in which entries arrived here. Clocks of devices and of the provider do not tell.
    position bigint generated always as identity,
    search text collate "C" not null generated always as (message_search_text(text)) stored,
    constraint message_pkey primary key (account_id, message_id),
    constraint message_conversation_fkey foreign key (account_id, conversation_id)
        references conversation (account_id, conversation_id) on delete cascade,
    constraint message_kind_check check (
        case kind
            when 'inbound' then num_nonnulls(provider_id, meaning, media) = 3
                and num_nonnulls(person_id, origin, purpose, delivery, trouble, next_try_at, handed_at) = 0
            when 'outbound' then num_nonnulls(origin, purpose, delivery, language, segments) = 5
                and num_nonnulls(meaning, media) = 0
            when 'note' then person_id is not null
                and num_nonnulls(provider_id, meaning, media, origin, purpose, delivery, trouble, next_try_at, handed_at) = 0
            else false
        end
    ),
    constraint message_origin_check check (origin in ('staff', 'keyword', 'campaign', 'automation')),
    constraint message_writer_check check ((origin = 'staff') = (person_id is not null) or kind <> 'outbound'),
    constraint message_purpose_check check (purpose in ('service', 'marketing', 'answer')),
    constraint message_delivery_check check (
        delivery in ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'blocked', 'cancelled', 'unknown')
    ),
    constraint message_due_check check ((delivery = 'queued') = (next_try_at is not null) or kind <> 'outbound'),
    constraint message_handed_check check (delivery <> 'sending' or handed_at is not null)
);

-- A thread, backwards.
create index message_thread_idx on message (account_id, conversation_id, position);
create unique index message_provider_key on message (account_id, provider_id) where provider_id is not null;
-- The queue, and what was being handed over when a server stopped.
create index message_due_idx on message (account_id, next_try_at) where delivery = 'queued';
create index message_sending_idx on message (account_id, handed_at) where delivery = 'sending';
create index message_search_idx on message using gin (search gin_trgm_ops)
    with (fastupdate = on, gin_pending_list_limit = 4096);
-- How common a fragment is decides how it is looked for.
alter table message alter column search set statistics 1000;

-- Messages that came in, so that one that is delivered again is known even if the customer was deleted since.
create table inbound_seen (
    account_id uuid not null,
    provider_id text collate "C" not null,
    at timestamptz not null,
    constraint inbound_seen_pkey primary key (account_id, provider_id),
    constraint inbound_seen_account_fkey foreign key (account_id) references account (account_id)
);

-- Contact points, by their keyed hash, that have been told how to unsubscribe: their first message is behind them, even if the
-- customer was deleted since.
create table contact_offered (
    account_id uuid not null,
    contact_key text collate "C" not null,
    at timestamptz not null,
    constraint contact_offered_pkey primary key (account_id, contact_key),
    constraint contact_offered_account_fkey foreign key (account_id) references account (account_id)
);

-- Messages that read like a wish to stop. While one is undecided, its contact point gets no marketing, even if the customer was
-- deleted since.
create table uncertain_wish (
    account_id uuid not null,
    -- The message, which goes with its customer.
    wish_id uuid not null,
    contact_key text collate "C" not null,
    reason text not null,
    heard_at timestamptz not null,
    due_on date not null,
    settled_at timestamptz,
    -- Null when the customer's own STOP settled it.
    settled_by uuid,
    stopped boolean,
    rev bigint not null,
    constraint uncertain_wish_pkey primary key (account_id, wish_id),
    constraint uncertain_wish_account_fkey foreign key (account_id) references account (account_id),
    constraint uncertain_wish_settled_check check ((settled_at is null) = (stopped is null) and (settled_by is null or settled_at is not null))
);

create index uncertain_wish_open_idx on uncertain_wish (account_id, due_on, wish_id) where settled_at is null;
create index uncertain_wish_contact_idx on uncertain_wish (account_id, contact_key) where settled_at is null;

create table saved_reply (
    account_id uuid not null,
    saved_reply_id uuid not null,
    title text not null,
    title_key text collate "C" not null,
    -- A `domain::template::Template` in the form that is kept.
    text text not null,
    rev bigint not null,
    constraint saved_reply_pkey primary key (account_id, saved_reply_id),
    constraint saved_reply_account_fkey foreign key (account_id) references account (account_id),
    constraint saved_reply_title_key unique (account_id, title_key)
);

-- A number that somebody gets as a cell phone brings its thread along.
create function adopt_conversations_of_made() returns trigger language plpgsql as $$
declare
    shop uuid;
    phones text[];
begin
    for shop in select distinct account_id from made loop
        if not exists (select from conversation c where c.account_id = shop) then
            continue;
        end if;
        -- By their numbers, which cost little whether one customer is made or a million are.
        phones := (select array_agg(m.cell_phone) from made m where m.account_id = shop and m.cell_phone is not null);
        phones := (select array_agg(c.phone) from conversation c where c.account_id = shop and c.phone = any (phones));
        update conversation c set customer_id = k.customer_id
        from customer k
        where c.account_id = shop and c.phone = any (phones) and k.account_id = shop and k.cell_phone = c.phone;
    end loop;
    return null;
end
$$;
create trigger customer_adopt_conversations_of_made after insert on customer
    referencing new table as made for each statement execute function adopt_conversations_of_made();

create function adopt_conversation() returns trigger language plpgsql as $$
begin
    update conversation set customer_id = new.customer_id
    where account_id = new.account_id and phone = new.cell_phone and customer_id is distinct from new.customer_id;
    return null;
end
$$;
create trigger customer_adopt_conversation after update on customer
    for each row when (old.cell_phone is distinct from new.cell_phone and new.cell_phone is not null)
    execute function adopt_conversation();

create trigger conversation_stamp_rev before insert or update or delete on conversation
    for each row execute function stamp_rev();
create trigger message_stamp_rev before insert or update or delete on message
    for each row execute function stamp_rev();
create trigger uncertain_wish_stamp_rev before insert or update or delete on uncertain_wish
    for each row execute function stamp_rev();
create trigger saved_reply_stamp_rev before insert or update or delete on saved_reply
    for each row execute function stamp_rev();

alter table conversation enable row level security;
alter table conversation force row level security;
create policy conversation_tenant on conversation
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table message enable row level security;
alter table message force row level security;
create policy message_tenant on message
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
-- Messages that are due are found across accounts; what is then done is done within each.
create policy message_sweep on message for select
    using (delivery in ('queued', 'sending') and current_setting('app.sweep', true) = 'messages');
alter table inbound_seen enable row level security;
alter table inbound_seen force row level security;
create policy inbound_seen_tenant on inbound_seen
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table contact_offered enable row level security;
alter table contact_offered force row level security;
create policy contact_offered_tenant on contact_offered
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table uncertain_wish enable row level security;
alter table uncertain_wish force row level security;
create policy uncertain_wish_tenant on uncertain_wish
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
alter table saved_reply enable row level security;
alter table saved_reply force row level security;
create policy saved_reply_tenant on saved_reply
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

grant select, insert, update on conversation, message, uncertain_wish to regulars_app;
grant delete on conversation to regulars_app;
grant select, insert on inbound_seen, contact_offered to regulars_app;
grant select, insert, update, delete on saved_reply to regulars_app;

-- Row-level security lets no condition run before its own unless it is leakproof, and `like` is not: see `customer_search`.
create policy message_search on message for select to regulars_search using (true);
grant select on message to regulars_search;

-- The threads of the account in which an entry matches one of `likes` (patterns of `like`).
create function message_search(likes text[]) returns setof uuid
    language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    account uuid := nullif(current_setting('app.account_id', true), '')::uuid;
    -- Literals, not parameters: the planner must see how common the fragment is.
    matches text := (select string_agg(format('search like %L', pattern), ' or ') from unnest(likes) pattern);
begin
    return query execute format(
        'select distinct conversation_id from message where account_id = $1 and (%s)', coalesce(matches, 'false')
    ) using account;
end
$$;

revoke execute on function message_search(text[]) from public;
grant execute on function message_search(text[]) to regulars_app;

-- Last, because the login role may have nothing to say about what belongs to `regulars_search`. It is a member of that
-- role for no longer than it takes to hand the function over: a member reads the messages of every account.
grant create on schema public to regulars_search;
do $$
declare
    able text := case when current_setting('server_version_num')::integer >= 160000 then 'SET' else 'MEMBER' end;
    able_already boolean := pg_has_role(current_user, 'regulars_search', able);
begin
    if not able_already then
        execute format('grant regulars_search to %I', current_user);
    end if;
    alter function message_search(text[]) owner to regulars_search;
    if not able_already then
        execute format('revoke regulars_search from %I', current_user);
    end if;
exception when insufficient_privilege then
    raise insufficient_privilege using
        message = format('%I may not hand the search over to regulars_search', current_user),
        hint = format('An administrator can: grant regulars_search to %I;', current_user);
end
$$;
revoke create on schema public from regulars_search;
