-- Who works here and when; the charge office's and the demo's simulators' books.

create table staff (
  tenant_id uuid not null,
  person_id text collate "C" not null,
  name text not null,
  name_en text not null,
  department text not null,
  roles text[] not null,
  credentials text[] not null,
  primary key (tenant_id, person_id)
);

-- Daily hours in the hospital's zone, minutes since midnight; a shift over midnight is two rows.
create table duty_hours (
  tenant_id uuid not null,
  person_id text collate "C" not null,
  from_minute integer not null check (from_minute between 0 and 1439),
  to_minute integer not null check (to_minute between 1 and 1440),
  primary key (tenant_id, person_id, from_minute),
  foreign key (tenant_id, person_id) references staff (tenant_id, person_id),
  check (from_minute < to_minute)
);

-- One JSON text per book and key. `text`, not jsonb, so that it is read back as it was written.
create table hospital_books (
  tenant_id uuid not null,
  book text collate "C" not null,
  key text collate "C" not null,
  -- Counts changes: a writer who saw an older one writes nothing.
  version integer not null,
  document text not null,
  primary key (tenant_id, book, key)
);

do $$
declare name text;
begin
  foreach name in array array['staff', 'duty_hours', 'hospital_books']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy tenant on %I using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::uuid))', name);
  end loop;
end $$;

grant select, insert, update, delete on staff, duty_hours to meridian_app;
grant select, insert, update on hospital_books to meridian_app;
