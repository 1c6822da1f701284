-- A book is read and written in one round trip each: the tenant is set in the same statement, row-level security stays in force.

create function read_hospital_book(p_tenant uuid, p_book text, p_key text)
returns table (version integer, document text)
language plpgsql
as $$
begin
  perform set_config('app.tenant', p_tenant::text, true);
  return query
    select b.version, b.document from hospital_books b
    where b.tenant_id = p_tenant and b.book = p_book and b.key = p_key;
end $$;

-- Writes the version after `p_version` (0: the first one); false when somebody else wrote meanwhile.
create function write_hospital_book(p_tenant uuid, p_book text, p_key text, p_version integer, p_document text)
returns boolean
language plpgsql
as $$
declare changed integer;
begin
  perform set_config('app.tenant', p_tenant::text, true);
  if p_version = 0 then
    insert into hospital_books (tenant_id, book, key, version, document)
    values (p_tenant, p_book, p_key, 1, p_document)
    on conflict do nothing;
  else
    update hospital_books set version = p_version + 1, document = p_document
    where tenant_id = p_tenant and book = p_book and key = p_key and version = p_version;
  end if;
  get diagnostics changed = row_count;
  return changed > 0;
end $$;

grant execute on function read_hospital_book(uuid, text, text) to meridian_app;
grant execute on function write_hospital_book(uuid, text, text, integer, text) to meridian_app;
