-- The search, which can keep to the unsubscribed. The one without that stays for servers that know nothing of it.
--
-- The ids of the account's customers whose search text matches one of `likes` (patterns of `like`), in the order of the
-- list, behind the row (`after_value`, `after_id`) if there is one, at most
-- `row_limit` (null: all). `unsubscribed` keeps those who do not want messages; `with_phone` keeps those with (true) or without (false) a cell phone. Without a `sort` they
-- come in no order.
create function customer_search(
    likes text[], with_phone boolean, unsubscribed boolean, sort text, descending boolean,
    after_value text, after_id uuid, row_limit integer
) returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    account uuid := nullif(current_setting('app.account_id', true), '')::uuid;
    -- Literals, not parameters: the planner must see how common the fragment is.
    matches text := (select string_agg(format('search like %L', pattern), ' or ') from unnest(likes) pattern);
    key text := case sort
        when 'name' then 'sort_name'
        when 'cell_phone' then 'cell_phone'
        when 'reference' then 'reference_key'
        when 'last_activity' then 'last_activity_at'
    end;
    key_type text := case sort when 'last_activity' then 'timestamptz' else 'text collate "C"' end;
    direction text := case when descending then 'desc' else 'asc' end;
    beyond text := case when descending then '<' else '>' end;
begin
    return query execute format('select customer_id from customer where account_id = $1 and (%s)', coalesce(matches, 'false'))
        || case when with_phone then ' and cell_phone is not null' when not with_phone then ' and cell_phone is null' else '' end
        || case when unsubscribed then ' and unsubscribed_at is not null' else '' end
        || case
            when after_id is null then ''
            when after_value is null then format(' and %I is null and customer_id %s $3', key, beyond)
            else format(' and (%1$I %2$s $2::%3$s or (%1$I = $2::%3$s and customer_id %2$s $3) or %1$I is null)', key, beyond, key_type)
        end
        || case
            when key is null then ''
            else format(' order by (%1$I is null), %1$I %2$s, customer_id %2$s', key, direction)
        end
        || ' limit $4'
        using account, after_value, after_id, row_limit;
end
$$;

revoke execute on function customer_search(text[], boolean, boolean, text, boolean, text, uuid, integer) from public;
grant execute on function customer_search(text[], boolean, boolean, text, boolean, text, uuid, integer) to regulars_app;

-- Last, because the login role may have nothing to say about what belongs to `regulars_search`. It is a member of that
-- role for no longer than it takes to hand the function over: a member reads the customers of every account.
grant create on schema public to regulars_search;
do $$
declare
    able text := case when current_setting('server_version_num')::integer >= 160000 then 'SET' else 'MEMBER' end;
    able_already boolean := pg_has_role(current_user, 'regulars_search', able);
begin
    if not able_already then
        execute format('grant regulars_search to %I', current_user);
    end if;
    alter function customer_search(text[], boolean, boolean, text, boolean, text, uuid, integer) owner to regulars_search;
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
