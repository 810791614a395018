insert into account (account_id, name, country, time_zone, created_at) values
    ('00000000-0000-0000-0000-00000000000a', 'Garage Bélanger', 'CA', 'America/Toronto', '2026-01-02 03:04:05+00'),
    ('00000000-0000-0000-0000-00000000000b', 'Clinique du Nord', 'FR', 'Europe/Paris', '2026-01-02 03:04:05+00');
insert into account_rev (account_id, rev) values ('00000000-0000-0000-0000-00000000000a', 1), ('00000000-0000-0000-0000-00000000000b', 1);
