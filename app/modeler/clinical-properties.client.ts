import {
  CheckboxEntry,
  isCheckboxEntryEdited,
  isSelectEntryEdited,
  isTextFieldEntryEdited,
  SelectEntry,
  TextFieldEntry,
} from '@bpmn-io/properties-panel';
import { useService } from 'bpmn-js-properties-panel';
import type { RecordClass } from '../../engine/index.ts';

/**
 * Properties of the clinical namespace: the English name of any element, how long a process's records are kept, and who may work on a user task.
 * The texts are English keys of the modeler's translate service, like those of the panel around them.
 */

type BusinessObject = {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  values?: BusinessObject[];
  $type: string;
};
type DiagramElement = { businessObject: BusinessObject; labelTarget?: object };
type Modeling = {
  updateProperties(element: DiagramElement, properties: object): void;
  updateModdleProperties(element: DiagramElement, moddle: BusinessObject, properties: object): void;
};
type BpmnFactory = { create(type: string, properties: object): BusinessObject };
type Entry = { id: string; component: unknown; isEdited: unknown };
type Group = { id: string; label: string; entries: Entry[] };
type EntryProps = { element: DiagramElement; id: string };

const eligibilityType = 'clinical:Eligibility';

function extensionOf(element: DiagramElement): BusinessObject | undefined {
  const value = element.businessObject.get('extensionElements');
  return isBusinessObject(value) ? value : undefined;
}

function isBusinessObject(value: unknown): value is BusinessObject {
  return typeof value === 'object' && value !== null && '$type' in value;
}

function eligibilityOf(element: DiagramElement): BusinessObject | undefined {
  return extensionOf(element)?.values?.find((value) => value.$type === eligibilityType);
}

function writeEligibility(
  element: DiagramElement,
  name: string,
  value: string | boolean | undefined,
  modeling: Modeling,
  factory: BpmnFactory,
): void {
  const existing = eligibilityOf(element);
  if (existing) {
    modeling.updateModdleProperties(element, existing, { [name]: value });
    return;
  }
  const extension = extensionOf(element);
  const created = factory.create(eligibilityType, { [name]: value });
  if (extension) {
    Reflect.set(created, '$parent', extension);
    modeling.updateModdleProperties(element, extension, { values: [...(extension.values ?? []), created] });
    return;
  }
  const wrapper = factory.create('bpmn:ExtensionElements', { values: [created] });
  Reflect.set(created, '$parent', wrapper);
  Reflect.set(wrapper, '$parent', element.businessObject);
  modeling.updateProperties(element, { extensionElements: wrapper });
}

function useModelerServices() {
  return {
    modeling: useService<Modeling>('modeling'),
    translate: useService<(text: string) => string>('translate'),
    factory: useService<BpmnFactory>('bpmnFactory'),
    debounce: useService<unknown>('debounceInput'),
  };
}

function EnglishName({ element, id }: EntryProps) {
  const { modeling, translate, debounce } = useModelerServices();
  return TextFieldEntry({
    element,
    id,
    label: translate('English name'),
    debounce,
    getValue: () => element.businessObject.get('clinical:nameEn') ?? '',
    setValue: (value: string | undefined) => modeling.updateProperties(element, { 'clinical:nameEn': value }),
  });
}

function eligibilityText(name: string, label: string) {
  return ({ element, id }: EntryProps) => {
    const { modeling, translate, factory, debounce } = useModelerServices();
    return TextFieldEntry({
      element,
      id,
      label: translate(label),
      debounce,
      getValue: () => eligibilityOf(element)?.get(name) ?? '',
      setValue: (value: string | undefined) => writeEligibility(element, name, value, modeling, factory),
    });
  };
}

function OnDuty({ element, id }: EntryProps) {
  const { modeling, translate, factory } = useModelerServices();
  return CheckboxEntry({
    element,
    id,
    label: translate('Only while on duty'),
    getValue: () => eligibilityOf(element)?.get('onDuty') === true,
    setValue: (value: boolean) => writeEligibility(element, 'onDuty', value, modeling, factory),
  });
}

function Override({ element, id }: EntryProps) {
  const { modeling, translate, factory } = useModelerServices();
  return SelectEntry({
    element,
    id,
    label: translate('When nobody else is on duty'),
    getOptions: () => [
      { value: 'never', label: translate('Wait for somebody else') },
      { value: 'documented', label: translate('Documented override, reviewed later') },
    ],
    getValue: () => eligibilityOf(element)?.get('override') ?? 'never',
    setValue: (value: string) => writeEligibility(element, 'override', value, modeling, factory),
  });
}

/** The process an element stands for: a pool's, or the one drawn without a pool. */
function processOf({ businessObject }: DiagramElement): BusinessObject | undefined {
  if (businessObject.$type === 'bpmn:Process') return businessObject;
  const process = businessObject.$type === 'bpmn:Participant' ? businessObject.get('processRef') : undefined;
  return isBusinessObject(process) ? process : undefined;
}

const recordClassNames: Readonly<Record<RecordClass, string>> = {
  'inpatient-record': 'Inpatient record (30 years)',
  'outpatient-record': 'Outpatient record (15 years)',
  prescription: 'Ordinary prescription (1 year)',
  'prescription-psychotropic': 'Prescription of class 2 psychotropics (2 years)',
  'prescription-narcotic': 'Prescription of narcotics (3 years)',
  'privacy-assessment': 'Privacy impact assessment (3 years)',
  general: 'General record (15 years)',
};

function KeptAs({ element, id }: EntryProps) {
  const { modeling, translate } = useModelerServices();
  const process = processOf(element);
  return SelectEntry({
    element,
    id,
    label: translate('Class of its records'),
    getOptions: () => [
      { value: '', label: translate('None named: as general') },
      ...Object.entries(recordClassNames).map(([value, name]) => ({ value, label: translate(name) })),
    ],
    getValue: () => process?.get('clinical:recordClass') ?? '',
    setValue: (value: string) =>
      process && modeling.updateModdleProperties(element, process, { 'clinical:recordClass': value || undefined }),
  });
}

const keptAsEntry: Entry = { id: 'clinical-record-class', component: KeptAs, isEdited: isSelectEntryEdited };

const eligibilityEntries: readonly Entry[] = [
  {
    id: 'clinical-department',
    component: eligibilityText('department', 'Department'),
    isEdited: isTextFieldEntryEdited,
  },
  {
    id: 'clinical-credentials',
    component: eligibilityText('credentials', 'Credentials (separated by spaces)'),
    isEdited: isTextFieldEntryEdited,
  },
  {
    id: 'clinical-not-actor-of',
    component: eligibilityText('notActorOf', 'Not who did (element IDs)'),
    isEdited: isTextFieldEntryEdited,
  },
  {
    id: 'clinical-not-persons',
    component: eligibilityText('notPersons', 'Not these persons (expression)'),
    isEdited: isTextFieldEntryEdited,
  },
  { id: 'clinical-on-duty', component: OnDuty, isEdited: isCheckboxEntryEdited },
  { id: 'clinical-override', component: Override, isEdited: isSelectEntryEdited },
];

function addEnglishName(groups: Group[]): Group[] {
  const entry: Entry = { id: 'clinical-name-en', component: EnglishName, isEdited: isTextFieldEntryEdited };
  return groups.map((group) =>
    group.id === 'general'
      ? { ...group, entries: [...group.entries.slice(0, 1), entry, ...group.entries.slice(1)] }
      : group,
  );
}

class ClinicalPropertiesProvider {
  private readonly translate: (text: string) => string;

  constructor(
    propertiesPanel: { registerProvider(priority: number, provider: object): void },
    translate: (text: string) => string,
  ) {
    this.translate = translate;
    propertiesPanel.registerProvider(400, this);
  }

  getGroups(element: DiagramElement) {
    return (groups: Group[]): Group[] => {
      const named = addEnglishName(groups);
      if (processOf(element))
        return [...named, { id: 'clinical-retention', label: this.translate('Retention'), entries: [keptAsEntry] }];
      if (element.businessObject.$type !== 'bpmn:UserTask') return named;
      return [
        ...named,
        { id: 'clinical-eligibility', label: this.translate('Who may do this'), entries: [...eligibilityEntries] },
      ];
    };
  }
}
Object.assign(ClinicalPropertiesProvider, { $inject: ['propertiesPanel', 'translate'] });

/** The diagram-js module that adds the clinical groups to the properties panel. */
export const clinicalPropertiesModule = {
  __init__: ['clinicalPropertiesProvider'],
  clinicalPropertiesProvider: ['type', ClinicalPropertiesProvider],
};
