/** Languages of user-facing text. zh-CN first. */
export type Language = 'zh-CN' | 'en';

/** A form of the package: JSON Schema 2020-12 and its ui schema, both as parsed JSON. */
export type FormDocument = {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly ui: Readonly<Record<string, unknown>>;
};

/**
 * What is versioned together by one content hash: the diagram, its forms and its decision tables.
 * Names in the second language stand in the diagram itself (`clinical:nameEn`).
 */
export type ProcessPackage = {
  /** Key of the flow: stable over its versions, `^[a-z][a-z0-9-]{1,62}$`. */
  readonly key: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly bpmn: string;
  /** By form id. */
  readonly forms: Readonly<Record<string, FormDocument>>;
  /** DMN XML by file name without ending; decisions are found by their id in any of them. */
  readonly decisions: Readonly<Record<string, string>>;
};
