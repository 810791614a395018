insert into export_mail (account_id, export_id, address, language, file_name, file_bytes, carriage, kept_until, state, queued_at, next_try_at)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e2', 'owner@example.com', 'fr', 'Clients 2026-01-02.csv', 3, 'attached', '2026-01-09 03:04:05+00', 'waiting', '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00');
insert into export_mail_piece (account_id, export_id, number, bytes)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e2', 0, '\x414243');
