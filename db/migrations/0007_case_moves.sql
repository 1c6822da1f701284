-- As before, but a case may move to another version of its flow: its row follows the commit.
create or replace function write_commits(tenant uuid, p jsonb, ok integer[]) returns void language plpgsql as $$
begin
  if p ? 'begun' then
    insert into cases (tenant_id, case_id, process_key, definition_version, definition_hash, version, status, outcome, state, last_hash,
                       business_key, patient_id, patient_name, patient, started_at, last_at, ended_at)
    select tenant, c.case_id, c.process_key, c.definition_version, c.definition_hash, 1, c.status, c.outcome, c.state, c.hash,
           c.business_key, c.patient_id, c.patient_name, c.patient, c.at, c.at, case when c.status = 'ended' then c.at end
    from jsonb_to_recordset(p->'rows') as c (n integer, case_id uuid, expected integer, at timestamptz, process_key text,
         definition_version integer, definition_hash text, status text, outcome text, state text, hash text, business_key text,
         patient_id text, patient_name text, patient text)
    where c.n = any(ok) and c.expected = 0;
    insert into case_keys (tenant_id, case_id, wrapped_key)
    select tenant, b.case_id, b.wrapped_key from jsonb_to_recordset(p->'begun') as b (n integer, case_id uuid, wrapped_key text)
    where b.n = any(ok);
  end if;
  update cases set
    version = c.expected + 1, definition_version = c.definition_version, definition_hash = c.definition_hash, status = c.status, outcome = c.outcome, state = c.state, last_hash = c.hash, last_at = c.at,
    business_key = coalesce(c.business_key, cases.business_key), patient_id = coalesce(c.patient_id, cases.patient_id),
    patient_name = coalesce(c.patient_name, cases.patient_name), patient = coalesce(c.patient, cases.patient),
    ended_at = case when c.status = 'ended' then coalesce(cases.ended_at, c.at) end
  from jsonb_to_recordset(p->'rows') as c (n integer, case_id uuid, expected integer, at timestamptz, definition_version integer,
       definition_hash text, status text, outcome text, state text, hash text, business_key text, patient_id text, patient_name text,
       patient text)
  where c.n = any(ok) and c.expected > 0 and cases.tenant_id = tenant and cases.case_id = c.case_id;

  insert into history (tenant_id, case_id, seq, recorded_at, header, sealed_values, values_root, previous_hash, hash)
  select tenant, c.case_id, c.expected + 1, c.at, c.header, c.sealed_values, c.values_root, c.previous_hash, c.hash
  from jsonb_to_recordset(p->'rows') as c (n integer, case_id uuid, expected integer, at timestamptz, header text, sealed_values text,
       values_root text, previous_hash text, hash text)
  where c.n = any(ok);

  if p ? 'actors' then
    insert into case_actors (tenant_id, case_id, element_id, actor_id)
    select tenant, a.case_id, a.element_id, a.actor_id
    from jsonb_to_recordset(p->'actors') as a (n integer, case_id uuid, element_id text, actor_id text)
    where a.n = any(ok) on conflict do nothing;
  end if;
  perform write_tasks(tenant, p, ok);

  if p ? 'uses' then
    delete from jobs j using jsonb_to_recordset(p->'uses') as u (n integer, job_key text)
    where j.tenant_id = tenant and j.job_key = u.job_key and u.n = any(ok);
  end if;
  if p ? 'remove_jobs' then
    delete from jobs j using jsonb_to_recordset(p->'remove_jobs') as k (n integer, job_key text)
    where j.tenant_id = tenant and j.job_key = k.job_key and k.n = any(ok);
  end if;
  if p ? 'rest' then
    perform commit_waits(tenant, r.case_id, r.rest)
    from jsonb_to_recordset(p->'rest') as r (n integer, case_id uuid, rest jsonb) where r.n = any(ok);
  end if;
  if p ? 'add_jobs' then
    insert into jobs (tenant_id, job_key, case_id, kind, work, due_at, run_at)
    select tenant, j.job_key, j.case_id, j.kind, j.work, j.due_at, j.due_at
    from jsonb_to_recordset(p->'add_jobs') as j (n integer, job_key text, case_id uuid, kind text, work text, due_at timestamptz)
    where j.n = any(ok);
  end if;
end $$;
