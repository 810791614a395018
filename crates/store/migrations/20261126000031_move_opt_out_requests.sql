-- The wishes that imports brought become events of the ledger, in the order in which they came, and what they are about is
-- unsubscribed. Their table goes.
-- Whoever owns the tables sees every account for as long as it takes.
alter table account no force row level security;
alter table account_rev no force row level security;
alter table import no force row level security;
alter table customer no force row level security;
alter table opt_out_request no force row level security;
alter table consent_event no force row level security;
alter table consent_state no force row level security;
alter table consent_head no force row level security;

do $$
declare
    shop record;
    wish record;
    new_rev bigint;
    next_seq bigint;
    event_hash bytea;
    is_new boolean;
begin
    for shop in
        select account_id, erasure_key from account a
        where exists (select from opt_out_request o where o.account_id = a.account_id) order by account_id
    loop
        update account_rev set rev = rev + 1 where account_id = shop.account_id returning rev into new_rev;
        perform set_config('app.rev', new_rev::text, true);
        next_seq := 0;
        event_hash := null;
        for wish in
            select o.import_id, o.line, o.at, i.person_id,
                case when o.phone like 'hmac-sha256:%' then o.phone else keyed_hash(shop.erasure_key, o.phone) end as contact_key
            from opt_out_request o join import i using (account_id, import_id)
            where o.account_id = shop.account_id order by o.at, o.import_id, o.line, o.phone
        loop
            next_seq := next_seq + 1;
            event_hash := sha256(convert_to(concat_ws(
                E'\n', 'regulars-consent-v1', shop.account_id, next_seq, 'sms', wish.contact_key, 'opt_out', 'import',
                wish.person_id, '-', wish.import_id, wish.line, '-', '-',
                (extract(epoch from wish.at) * 1000000)::bigint, (extract(epoch from wish.at) * 1000000)::bigint,
                new_rev, coalesce(encode(event_hash, 'hex'), '-')
            ), 'UTF8'));
            is_new := not exists (
                select from consent_state s where s.account_id = shop.account_id and s.contact_key = wish.contact_key
            );
            insert into consent_event (account_id, seq, channel, contact_key, kind, source, person_id, import_id, line,
                occurred_at, arrived_at, changed, hash, rev)
            values (shop.account_id, next_seq, 'sms', wish.contact_key, 'opt_out', 'import', wish.person_id, wish.import_id,
                wish.line, wish.at, wish.at, is_new, event_hash, 0);
            if is_new then
                insert into consent_state (account_id, channel, contact_key, status, since_seq, since, last_opt_out_rev, rev)
                values (shop.account_id, 'sms', wish.contact_key, 'unsubscribed', next_seq, wish.at, new_rev, 0);
            end if;
        end loop;
        insert into consent_head (account_id, seq, hash) values (shop.account_id, next_seq, event_hash);
        with pads as materialized (
            select * from keyed_hash_pads(shop.erasure_key)
        ), keyed as materialized (
            select c.customer_id, padded_hash((select inside from pads), (select outside from pads), phone collate "C") as contact_key
            from customer c cross join lateral unnest(c.cell_phone || coalesce(c.other_phones, '{}')) phone
            where c.account_id = shop.account_id and phone is not null
        ), stopped as materialized (
            select k.customer_id, min(s.since) as since, max(s.last_opt_out_rev) as rev
            from keyed k join consent_state s using (contact_key)
            where s.account_id = shop.account_id group by k.customer_id
        )
        update customer c set asked_to_stop_at = s.since, asked_to_stop_rev = s.rev
        from stopped s where c.account_id = shop.account_id and c.customer_id = s.customer_id;
    end loop;
    perform set_config('app.rev', '', true);
end
$$;

drop table opt_out_request;

alter table account force row level security;
alter table account_rev force row level security;
alter table import force row level security;
alter table customer force row level security;
alter table consent_event force row level security;
alter table consent_state force row level security;
alter table consent_head force row level security;
