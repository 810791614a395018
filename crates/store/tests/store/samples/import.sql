insert into import (account_id, import_id, person_id, file_name, file_bytes, file_sha256, headers, header_keys, row_count,
    chunk_count, request_sha256, columns, new_attributes, mapping, started_at, rev)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e1', '00000000-0000-0000-0000-0000000000f1', 'clients.csv', 10, 'ab', '{Nom}', '{nom}', 4, 1, '\x05', '[]', '[]', '', '2026-01-02 03:04:05+00', null);
insert into import_chunk (account_id, import_id, number, sha256, row_count, first_line, last_line)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e1', 0, '\x06', 4, 2, 5);
insert into import_row (account_id, import_id, line, customer_id, unsubscribe, first_name, attributes)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e1', 2, '00000000-0000-0000-0000-0000000000c3', false, 'Luc', '{}');
insert into import_skipped_row (account_id, import_id, line, reason) values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e1', 3, 'by_person');
insert into import_failed_row (account_id, import_id, line, cells, reasons) values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e1', 4, '["?"]', '[]');
insert into import_change (account_id, import_id, line, outcome, customer_id) values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e1', 2, 'same', '00000000-0000-0000-0000-0000000000c1');
insert into import_kept (account_id, import_id, customer_id, slot) values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e1', '00000000-0000-0000-0000-0000000000c1', 'notes');
