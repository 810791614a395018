insert into membership (account_id, person_id, role, joined_at) values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000f1', 'owner', '2026-01-02 03:04:05+00');
insert into invite (account_id, invite_id, secret_hash, role, note, invited_by, created_at, expires_at)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000f3', '\x04', 'advisor', 'for Ana', '00000000-0000-0000-0000-0000000000f1', '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00');
