import { useCallback, useEffect, useRef, useState } from 'react';
import type { Finding, ProcessPackage } from '../../engine/index.ts';
import type { Mark, ModelerHandle } from '../modeler/create-modeler.client.ts';
import type { ShownFindings } from './shown-findings.ts';

/** What the server answers to a step of the editor; `status` 409 means somebody else saved in between. */
export type StepAnswer = {
  readonly status: number;
  readonly revision?: number;
  readonly hash?: string;
  readonly findings?: readonly Finding[];
  /** How many findings there are; `findings` holds the worst of them. */
  readonly total?: number;
  readonly message?: string;
  readonly by?: string;
};

/** A step of the editor asked of the server. */
export type Step = {
  readonly step: 'check' | 'save' | 'submit';
  readonly pkg: ProcessPackage;
  readonly revision: number;
};

/** The findings that have a place in the diagram. */
function marksOf(findings: readonly Finding[]): readonly Mark[] {
  return findings.flatMap(({ elementId, severity }) => (elementId ? [{ elementId, severity }] : []));
}

/** Pause after the last change before the draft is checked, in milliseconds. */
const checkDelay = 700;

/**
 * The draft as it stands in the browser: the diagram lives in the modeler, forms and titles here. Every change is checked by the server
 * after a short pause, so the findings shown are those that would refuse publication.
 */
export function useFlowDraft(
  initial: { pkg: ProcessPackage; revision: number; shown: ShownFindings },
  ask: (step: Step) => Promise<StepAnswer>,
) {
  const [pkg, setPkg] = useState(initial.pkg);
  const [revision, setRevision] = useState(initial.revision);
  const [shown, setShown] = useState(initial.shown);
  const [dirty, setDirty] = useState(false);
  const [changes, setChanges] = useState(0);
  const [busy, setBusy] = useState(false);
  const modeler = useRef<ModelerHandle | null>(null);

  const touch = useCallback(() => {
    setDirty(true);
    setChanges((count) => count + 1);
  }, []);

  const collect = useCallback(async (): Promise<ProcessPackage> => {
    const bpmn = modeler.current ? await modeler.current.saveXml() : pkg.bpmn;
    return { ...pkg, bpmn };
  }, [pkg]);

  const take = useCallback(
    async (step: Step['step']): Promise<StepAnswer> => {
      const answer = await ask({ step, pkg: await collect(), revision });
      const { findings, total } = answer;
      if (findings) setShown({ findings, total: total ?? findings.length });
      if (answer.revision !== undefined) setRevision(answer.revision);
      return answer;
    },
    [ask, collect, revision],
  );

  const perform = useCallback(
    async (step: 'save' | 'submit'): Promise<StepAnswer> => {
      setBusy(true);
      try {
        const answer = await take(step);
        if (answer.status < 300) setDirty(false);
        return answer;
      } finally {
        setBusy(false);
      }
    },
    [take],
  );

  // Only a change asks for a check; the findings the page came with belong to what it shows first.
  const latestTake = useRef(take);
  latestTake.current = take;
  useEffect(() => {
    if (changes === 0) return;
    const timer = setTimeout(() => void latestTake.current('check').catch(() => undefined), checkDelay);
    return () => clearTimeout(timer);
  }, [changes]);

  useEffect(() => {
    modeler.current?.mark(marksOf(shown.findings));
  }, [shown]);

  /** Takes the modeler once its first diagram is drawn, and marks what is known of it. */
  const attach = (handle: ModelerHandle) => {
    modeler.current = handle;
    handle.mark(marksOf(shown.findings));
  };

  const setForms = useCallback(
    (forms: ProcessPackage['forms']) => {
      setPkg((current) => ({ ...current, forms }));
      touch();
    },
    [touch],
  );

  return {
    pkg,
    shown,
    dirty,
    busy,
    modeler,
    attach,
    touch,
    setForms,
    save: () => perform('save'),
    submit: () => perform('submit'),
  };
}
