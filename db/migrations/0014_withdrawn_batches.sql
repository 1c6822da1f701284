-- A batch that nobody wants any more is withdrawn: whoever did it is kept with it.

alter table batches drop constraint batches_state_check;
alter table batches add constraint batches_state_check
  check (state in ('checking', 'checked', 'waiting', 'running', 'stopped', 'done', 'withdrawn'));
alter table batches add column withdrawn_by text;
