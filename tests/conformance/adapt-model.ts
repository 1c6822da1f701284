/** Job types the host answers by itself: scripts of the models, and service tasks that do nothing. */
export const scriptJob = 'conformance.script';

/**
 * Says in our dialect what a model of another engine says in its own, without touching its structure: expressions by the case's table, scripts
 * and service tasks as jobs, thrown messages as publications. Everything else stays as published.
 */
export function adaptModel(xml: string, expressions: Readonly<Record<string, string>>): string {
  const spoken = replaceExpressions(xml, expressions);
  const prefix = /<([\w-]+:)?definitions\b/.exec(spoken)?.[1] ?? '';
  const withJobs = ['scriptTask', 'serviceTask', 'businessRuleTask'].reduce(
    (text, type) => extended(text, prefix, type, jobExtension),
    spoken,
  );
  const withMessages = ['intermediateThrowEvent', 'endEvent', 'sendTask'].reduce(
    (text, type) => extended(text, prefix, type, publishExtension),
    withJobs,
  );
  return withMessages.replace(
    /<([\w-]+:)?definitions\b/,
    '$& xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:clinical="urn:meridian:clinical:1"',
  );
}

function replaceExpressions(xml: string, expressions: Readonly<Record<string, string>>): string {
  const feel = (text: string): string | undefined => {
    const known = unescaped(text).trim();
    return Object.hasOwn(expressions, known) ? `=${escaped(inStandardNames(expressions[known] ?? ''))}` : undefined;
  };
  return xml
    .replace(/>([^<]+)</g, (whole, text: string) => {
      const replaced = feel(text);
      return replaced === undefined ? whole : `>${replaced}<`;
    })
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (whole, text: string) => feel(escaped(text)) ?? whole)
    .replace(/="(\$\{[^"]*\})"/g, (whole, text: string) => {
      const replaced = feel(text);
      return replaced === undefined ? whole : `="${replaced}"`;
    });
}

/** Counters of multi-instance under the names BPMN gives them. */
function inStandardNames(feel: string): string {
  return feel.replace(/\bnrOf(Completed|Active|)Instances\b/g, 'numberOf$1Instances');
}

/** Adds extension elements to each element of a type, inside those it has. */
function extended(
  xml: string,
  prefix: string,
  type: string,
  extension: (content: string) => string | undefined,
): string {
  const pattern = new RegExp(`<${prefix}${type}\\b([^>]*?)(?:/>|>([\\s\\S]*?)</${prefix}${type}>)`, 'g');
  return xml.replace(pattern, (whole, attributes: string, content: string | undefined) => {
    const added = extension(content ?? '');
    if (added === undefined) return whole;
    const opened = `<${prefix}extensionElements>`;
    const inside = (content ?? '').includes(opened)
      ? (content ?? '').replace(opened, `${opened}${added}`)
      : `${opened}${added}</${prefix}extensionElements>${content ?? ''}`;
    return `<${prefix}${type}${attributes}>${inside}</${prefix}${type}>`;
  });
}

function jobExtension(content: string): string {
  const script = /<(?:[\w-]+:)?script\b[^>]*>([\s\S]*?)<\/(?:[\w-]+:)?script>/.exec(content)?.[1] ?? '';
  const value = script
    .replace(/<!\[CDATA\[|\]\]>/g, '')
    .trim()
    .replaceAll('"', '&quot;')
    .replace(/\s+/g, ' ');
  return `<zeebe:taskDefinition type="${scriptJob}" /><zeebe:taskHeaders><zeebe:header key="script" value="${value}" /></zeebe:taskHeaders>`;
}

function publishExtension(content: string): string | undefined {
  return /messageEventDefinition|messageRef/.test(content) ? '<clinical:publish />' : undefined;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
