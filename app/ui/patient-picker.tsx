import { useFetcher } from '@remix-run/react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientFacts } from './patient.ts';
import { PatientBanner } from './patient-banner.tsx';
import { useRootData } from './root-data.ts';

const typingPause = 200;

/** Finds a patient by name, pinyin or number; the name is sent by POST so that it stands in no address. */
export function PatientPicker(props: {
  id: string;
  label: string;
  required?: boolean;
  error?: string;
  chosen: PatientFacts | undefined;
  onChoose: (patient: PatientFacts | undefined) => void;
}) {
  const { t } = useTranslation('patient');
  const { chosen, onChoose, id } = props;
  if (chosen) {
    return (
      <div className="chosen-patient">
        <PatientBanner patient={chosen} />
        <button type="button" className="row-button" onClick={() => onChoose(undefined)}>
          {t('change')}
        </button>
      </div>
    );
  }
  return (
    <div className="panel patient-picker">
      <label htmlFor={id} className="field-label">
        {props.label}
        {props.required && <span className="required"> *</span>}
      </label>
      <PatientSearch id={id} invalid={props.error !== undefined} onChoose={onChoose} />
      <p id={`${id}-error`} className="field-errors" role="alert">
        {props.error}
      </p>
    </div>
  );
}

function PatientSearch(props: { id: string; invalid: boolean; onChoose: (patient: PatientFacts) => void }) {
  const { t } = useTranslation('patient');
  const csrf = useRootData()?.csrfToken ?? '';
  const fetcher = useFetcher<{ patients: readonly PatientFacts[] }>();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const submit = useRef(fetcher.submit);
  submit.current = fetcher.submit;
  useEffect(() => {
    if (text.trim() === '') return;
    const timer = setTimeout(
      () => submit.current({ csrf, text: text.trim() }, { method: 'post', action: '/patients' }),
      typingPause,
    );
    return () => clearTimeout(timer);
  }, [text, csrf]);
  const found = text.trim() === '' ? [] : (fetcher.data?.patients ?? []);
  const current = Math.min(active, Math.max(0, found.length - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive(Math.max(0, Math.min(found.length - 1, current + step)));
    else if (event.key === 'Escape') setText('');
    else if (event.key !== 'Enter') return;
    event.preventDefault();
    const chosen = found[current];
    if (event.key === 'Enter' && chosen) props.onChoose(chosen);
  };
  return (
    <div className="patient-search">
      <input
        id={props.id}
        className="plain-input"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${props.id}-list`}
        aria-activedescendant={found.length > 0 ? `${props.id}-${current}` : undefined}
        aria-invalid={props.invalid}
        aria-describedby={`${props.id}-error`}
        autoComplete="off"
        value={text}
        placeholder={t('findPlaceholder')}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${props.id}-list`} role="listbox" aria-label={t('find')} className="patient-results">
        {found.map((patient, index) => (
          <PatientOption
            key={patient.patientId}
            id={`${props.id}-${index}`}
            patient={patient}
            active={index === current}
            onChoose={() => props.onChoose(patient)}
          />
        ))}
      </div>
      <p className="muted" role="status">
        {text.trim() !== '' && fetcher.state === 'idle' && fetcher.data && found.length === 0 && t('notFound')}
      </p>
    </div>
  );
}

function PatientOption(props: { id: string; patient: PatientFacts; active: boolean; onChoose: () => void }) {
  const { t } = useTranslation('patient');
  const { patient } = props;
  const facts = [
    patient.sex && t(`sex.${patient.sex}`),
    patient.age !== undefined && t('age', { age: patient.age }),
    patient.birthDate,
    patient.patientId,
    patient.encounterClass && t(`encounter.${patient.encounterClass}`),
    patient.bed && t('bed', { ward: patient.ward ?? '', bed: patient.bed }),
    patient.insurance && t(`insurance.${patient.insurance}`),
  ].filter(Boolean);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works through the field above
    // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus and names the active option
    <div id={props.id} role="option" aria-selected={props.active} onClick={props.onChoose} className="patient-option">
      <strong>{patient.name}</strong> {facts.join(' · ')}
      {(patient.allergies?.length ?? 0) > 0 && (
        <span className="allergy-mark"> ⚠ {patient.allergies?.join(t('shell:listComma'))}</span>
      )}
    </div>
  );
}
