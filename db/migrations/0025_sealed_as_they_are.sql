-- Sealed values do not get smaller: trying to compress each entry's costs the server a twentieth of its time, and leaves them as they are.
alter table history alter column sealed_values set storage external;

-- As before, but a month is stored as its table says.
create or replace function ensure_history_partitions(first timestamptz, last timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  month timestamp := date_trunc('month', first at time zone 'UTC');
  made integer := 0;
  name text;
  lowest uuid;
  above uuid;
begin
  perform pg_advisory_xact_lock(hashtext('meridian history partitions'));
  while month <= last at time zone 'UTC' loop
    name := 'history_' || to_char(month, 'YYYYMM');
    if to_regclass('public.' || name) is null then
      lowest := uuid_v7_floor(month);
      above := uuid_v7_floor(month + interval '1 month');
      execute format('create table %I (like history including defaults including constraints including storage)', name);
      execute format('alter table %I enable row level security', name);
      -- Written by a commit that is under way: it is waited for, and none comes between moving and attaching.
      lock table history_of_other_months in access exclusive mode;
      execute format('with moved as (delete from history_of_other_months where case_id >= %L and case_id < %L returning *)
                      insert into %I select * from moved', lowest, above, name);
      execute format('alter table history attach partition %I for values from (%L) to (%L)', name, lowest, above);
      made := made + 1;
    end if;
    month := month + interval '1 month';
  end loop;
  return made;
end $$;
