import type { Stores } from '../../engine/index.ts';
import type { Figures } from './figures.server.ts';

/** The stores, with what goes through them counted. */
export function measureStores(stores: Stores, figures: Pick<Figures, 'jobs' | 'incidentRaised'>): Stores {
  const { cases, jobs } = stores;
  return {
    ...stores,
    cases: {
      ...cases,
      async commit(commit) {
        const outcome = await cases.commit(commit);
        if (outcome === 'committed') for (const { code } of commit.incidents.raise) figures.incidentRaised(code);
        return outcome;
      },
    },
    jobs: {
      ...jobs,
      async lease(request) {
        const leased = await jobs.lease(request);
        for (const { work } of leased) figures.jobs('leased', work.kind);
        return leased;
      },
      async postpone(job, dueAt, outcomeKnown) {
        await jobs.postpone(job, dueAt, outcomeKnown);
        figures.jobs('postponed', job.work.kind);
      },
      async drop(job) {
        await jobs.drop(job);
        figures.jobs('dropped', job.work.kind);
      },
    },
  };
}
