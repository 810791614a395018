-- Exported files on their way to a mailbox, and the queue of the mails that carry them: one mail for an export at the most.
create table export_mail (
    account_id uuid not null,
    export_id uuid not null,
    -- Of the person at the last try.
    address text not null,
    language text not null,
    file_name text not null,
    -- The size of the file.
    file_bytes integer not null,
    -- A file that the mail server finds too large to be attached becomes a link.
    carriage text not null,
    -- The file's pieces are erased then, or before; null once they are.
    kept_until timestamptz,
    state text not null default 'receiving',
    -- When the file was there.
    queued_at timestamptz,
    -- Whoever takes the mail counts the try, and moves the next one behind its own, so that a crash looks like a try that failed.
    tries integer not null default 0,
    next_try_at timestamptz,
    ended_at timestamptz,
    -- `domain::mail::Trouble` of the last try as JSON.
    trouble jsonb,
    constraint export_mail_pkey primary key (account_id, export_id),
    constraint export_mail_export_fkey foreign key (account_id, export_id) references export (account_id, export_id),
    constraint export_mail_carriage_check check (carriage in ('attached', 'linked')),
    constraint export_mail_state_check check (state in ('receiving', 'waiting', 'sent', 'failed')),
    constraint export_mail_next_try_check check ((state = 'waiting') = (next_try_at is not null)),
    constraint export_mail_ended_check check ((state in ('sent', 'failed')) = (ended_at is not null)),
    constraint export_mail_trouble_check check (state <> 'failed' or trouble is not null)
);

create index export_mail_due_idx on export_mail (account_id, next_try_at) where state = 'waiting';
create index export_mail_kept_idx on export_mail (account_id, kept_until) where kept_until is not null;

create table export_mail_piece (
    account_id uuid not null,
    export_id uuid not null,
    number integer not null,
    bytes bytea not null,
    constraint export_mail_piece_pkey primary key (account_id, export_id, number),
    constraint export_mail_piece_mail_fkey foreign key (account_id, export_id) references export_mail (account_id, export_id)
);
-- Workbooks are compressed already.
alter table export_mail_piece alter column bytes set storage external;

alter table export_mail enable row level security;
alter table export_mail force row level security;
create policy export_mail_tenant on export_mail
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
-- Mails that are due, and files that are kept too long, are found across accounts; what is then done is done within each.
create policy export_mail_sweep on export_mail for select
    using (
        (state = 'waiting' and current_setting('app.sweep', true) = 'mails')
        or (kept_until is not null and current_setting('app.sweep', true) = 'exports')
    );

alter table export_mail_piece enable row level security;
alter table export_mail_piece force row level security;
create policy export_mail_piece_tenant on export_mail_piece
    using (account_id = nullif(current_setting('app.account_id', true), '')::uuid)
    with check (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

grant select, insert on export_mail to regulars_app;
grant update (address, carriage, kept_until, state, queued_at, tries, next_try_at, ended_at, trouble) on export_mail to regulars_app;
grant select, insert, delete on export_mail_piece to regulars_app;
