-- Gives back every lease, of all hospitals, as if each had run out: the row is due again at once, its attempt stays counted and its outcome
-- unknown (`lease_jobs` noted both when it handed the row out). Only for a node that knows no other is at work.
create function return_leases() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  given_back integer;
begin
  update jobs set run_at = due_at, lease_token = null where lease_token is not null;
  get diagnostics given_back = row_count;
  return given_back;
end $$;

revoke execute on function return_leases from public;
grant execute on function return_leases to meridian_app;
