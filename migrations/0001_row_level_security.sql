-- Every table with a workspace_id is closed by row-level security, forced so that the owner obeys it too. The
-- application works as recourse_app, which is neither owner nor superuser, with the workspace set per transaction
-- (adapters/postgres/unit-of-work.ts). A table that comes later calls protect_workspace_table in its own migration.
do $$
begin
  create role recourse_app nologin;
exception
  -- Roles belong to the whole cluster: another database, or a replica that migrates now, may have made it.
  when duplicate_object or unique_violation then null;
end
$$;--> statement-breakpoint
do $$
begin
  -- A plain owner may not SET ROLE without this; a superuser needs no grant and some engines refuse one to itself.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant recourse_app to %I with set true, inherit false', current_user);
  end if;
exception
  -- Another database of the cluster granted the same in this moment.
  when unique_violation then null;
end
$$;--> statement-breakpoint
grant usage on schema public to recourse_app;--> statement-breakpoint
create function current_workspace() returns uuid language sql stable as
  $$ select nullif(current_setting('recourse.workspace', true), '')::uuid $$;--> statement-breakpoint
create procedure protect_workspace_table(target regclass, rights text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy workspace_only on %s using (workspace_id = current_workspace()) with check (workspace_id = current_workspace())', target);
  execute format('grant %s on %s to recourse_app', rights, target);
end
$$;--> statement-breakpoint
do $$
declare target regclass;
begin
  for target in
    select c.oid::regclass from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
  loop
    -- The audit chain is append-only for the application.
    if target = 'audit_entries'::regclass then
      call protect_workspace_table(target, 'select, insert');
    else
      call protect_workspace_table(target, 'select, insert, update, delete');
    end if;
  end loop;
end
$$;
