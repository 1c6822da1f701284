-- A multiple start event begins cases by several messages: each is a row of its own.

alter table message_starts drop constraint message_starts_pkey;
alter table message_starts add primary key (tenant_id, key, start_event_id, message_name);
