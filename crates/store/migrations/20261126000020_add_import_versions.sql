-- Files that were exported carry the version of each customer, and come back as corrections of what was exported.

-- Which column of the file holds the versions, counted from 0.
alter table import add column version_column integer;

alter table import_row
    -- Whose row it was when it was exported, and the rev of the customer's last change that the row has. No foreign key: the
    -- customer may have been deleted since.
    add column version_customer_id uuid,
    add column version_rev bigint,
    -- Why the row's version says nothing: another account made it, or the records as they were before a backup was restored.
    add column version_ignored text,
    add constraint import_row_version_check check (
        (version_customer_id is null) = (version_rev is null) and num_nonnulls(version_customer_id, version_ignored) <= 1
    ),
    add constraint import_row_version_ignored_check check (version_ignored in ('other_account', 'ahead'));

alter table import_change
    -- What belongs to the owner is the row's reference, not its phone.
    add column by_reference boolean not null default false,
    -- Cells that were changed in the file and in the app since it was exported: [{slot, base, from, to, taken}]. Those that a
    -- person took from the file are among the changes too.
    add column clashes jsonb not null default '[]',
    add constraint import_change_by_reference_check check (not by_reference or phone_owner_id is not null);

create index import_change_clashes_idx on import_change (account_id, import_id, line) where clashes <> '[]';
