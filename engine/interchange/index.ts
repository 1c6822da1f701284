export { type DecodedXml, decodeXml } from './decode-xml.ts';
export { extensionsOf, factsOf, missingFacts } from './facts.ts';
export { keepForeign, type Versions } from './keep-foreign.ts';
