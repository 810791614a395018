insert into import_progress (account_id, import_id, done, total)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e1', 1, 2);
