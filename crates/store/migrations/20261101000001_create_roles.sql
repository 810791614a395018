-- The application works as roles of its own, so that row-level security binds it whoever logs in.
-- Roles belong to the whole cluster: another database of it may have made them already, even at this very moment.
do $$
begin
    if not exists (select from pg_roles where rolname = 'regulars_app') then
        create role regulars_app nologin nobypassrls;
    end if;
exception
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then
        raise insufficient_privilege using
            message = format('%I may not make the roles that Regulars works as', current_user),
            hint = format(
                'An administrator can: create role regulars_app nologin; create role regulars_search nologin; '
                'grant regulars_app, regulars_search to %I;', current_user);
end
$$;

do $$
begin
    if not exists (select from pg_roles where rolname = 'regulars_search') then
        create role regulars_search nologin nobypassrls;
    end if;
exception
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then
        raise insufficient_privilege using
            message = format('%I may not make the role regulars_search', current_user),
            hint = format('An administrator can: create role regulars_search nologin; grant regulars_search to %I;', current_user);
end
$$;

-- The login role becomes `regulars_app` in each transaction. From Postgres 16 on, whoever makes a role is a member of it
-- that may grant it and no more, not even become it.
do $$
declare
    able text := case when current_setting('server_version_num')::integer >= 160000 then 'SET' else 'MEMBER' end;
begin
    if not pg_has_role(current_user, 'regulars_app', able) then
        execute format('grant regulars_app to %I', current_user);
    end if;
exception when insufficient_privilege then
    raise insufficient_privilege using
        message = format('%I may not become regulars_app', current_user),
        hint = format('An administrator can: grant regulars_app, regulars_search to %I;', current_user);
end
$$;

grant usage on schema public to regulars_app, regulars_search;
revoke create on schema public from public;
