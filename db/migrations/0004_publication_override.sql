-- An unsound flow is published only on the word of a named person, which stays with the version.

alter table definitions add column override_by text;
alter table definitions add column override_reason text;
alter table definitions add constraint definitions_override_is_whole check ((override_by is null) = (override_reason is null));
