-- The application works as roles of its own, so that row-level security binds it whoever logs in.
-- Roles belong to the whole cluster: another database of it may have made them already, even at this very moment.
do $$
begin
    if not exists (select from pg_roles where rolname = 'regulars_app') then
        create role regulars_app nologin nobypassrls;
    end if;
exception when duplicate_object or unique_violation then null;
end
$$;

do $$
begin
    if not exists (select from pg_roles where rolname = 'regulars_search') then
        create role regulars_search nologin nobypassrls;
    end if;
exception when duplicate_object or unique_violation then null;
end
$$;

-- The login role becomes `regulars_app` in each transaction, and hands the search function to `regulars_search`.
do $$
begin
    if not pg_has_role(current_user, 'regulars_app', 'member') then
        execute format('grant regulars_app to %I', current_user);
    end if;
    if not pg_has_role(current_user, 'regulars_search', 'member') then
        execute format('grant regulars_search to %I', current_user);
    end if;
end
$$;

grant usage on schema public to regulars_app, regulars_search;
revoke create on schema public from public;
