import { Form, Link, useNavigate } from '@remix-run/react';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Named } from '../server/services.ts';
import { PatientPicker } from '../ui/patient-picker.tsx';
import { useLanguage } from '../ui/role-names.ts';
import { type CaseFilters, withFilters } from './case-filters.ts';

/** Filters of a list of cases. They stand in the address; a patient is found by name but kept by number. */
export function CaseFilterBar(props: {
  base: string;
  filters: CaseFilters;
  flows: readonly { readonly key: string; readonly title: Named }[];
  /** Further filters of the audit. */
  people?: readonly { readonly id: string; readonly name: string }[];
}) {
  const { t } = useTranslation('cases');
  const language = useLanguage();
  const navigate = useNavigate();
  const { base, filters } = props;
  const [picking, setPicking] = useState(false);
  const filtered = Object.keys(filters).length > 0;
  return (
    <div className="filters">
      <Form action={base} method="get" className="filter-bar" key={JSON.stringify(filters)} role="search">
        <input
          name="text"
          className="plain-input wide"
          defaultValue={filters.text}
          placeholder={t('filter.text')}
          aria-label={t('filter.text')}
        />
        <select name="flow" className="plain-input" defaultValue={filters.flow ?? ''} aria-label={t('filter.flow')}>
          <option value="">
            {t('filter.flow')}: {t('filter.all')}
          </option>
          {props.flows.map((flow) => (
            <option key={flow.key} value={flow.key}>
              {flow.title[language]}
            </option>
          ))}
        </select>
        <select
          name="status"
          className="plain-input"
          defaultValue={filters.status ?? ''}
          aria-label={t('filter.status')}
        >
          <option value="">
            {t('filter.status')}: {t('filter.all')}
          </option>
          <option value="active">{t('status.active')}</option>
          <option value="ended">{t('status.ended')}</option>
          <option value="incident">{t('status.incident')}</option>
        </select>
        {props.people && (
          <>
            <input
              name="actor"
              list="people"
              className="plain-input"
              defaultValue={filters.actor}
              placeholder={t('audit:filter.actor')}
              aria-label={t('audit:filter.actor')}
            />
            <datalist id="people">
              {props.people.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </datalist>
            <DayField name="from" day={filters.from} label={t('audit:filter.from')} />
            <DayField name="to" day={filters.to} label={t('audit:filter.to')} />
          </>
        )}
        {filters.at && <input type="hidden" name="at" value={filters.at} />}
        {filters.code && <input type="hidden" name="code" value={filters.code} />}
        {filters.patient && <input type="hidden" name="patient" value={filters.patient} />}
        <Button htmlType="submit" type="primary">
          {t('filter.apply')}
        </Button>
        <Button onClick={() => setPicking(!picking)} aria-expanded={picking}>
          {filters.patient ? `${t('patient:patientId')} ${filters.patient}` : t('filter.patient')}
        </Button>
        {filtered && <Link to={base}>{t('filter.clear')}</Link>}
      </Form>
      {picking && (
        <PatientPicker
          id="case-patient"
          label={t('filter.patient')}
          chosen={undefined}
          onChoose={(patient) => {
            setPicking(false);
            navigate(`${base}?${withFilters(filters, { patient: patient?.patientId })}`);
          }}
        />
      )}
    </div>
  );
}

/** A day as `2026-03-02`: the browser's own field would show it in the browser's language, month first in some. */
function DayField({ name, day, label }: { name: string; day: string | undefined; label: string }) {
  return (
    <label>
      {label}{' '}
      <input
        name={name}
        className="plain-input day"
        defaultValue={day}
        placeholder="2026-03-02"
        pattern="\d{4}-\d{2}-\d{2}"
        maxLength={10}
      />
    </label>
  );
}
