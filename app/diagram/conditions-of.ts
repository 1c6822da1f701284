const condition = /<(?:\w+:)?conditionExpression[^>]*>([\s\S]*?)<\/(?:\w+:)?conditionExpression>/g;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Conditions of a diagram's sequence flows, as FEEL. */
export function conditionsOf(bpmn: string): readonly string[] {
  return [...bpmn.matchAll(condition)].map(([, body = '']) =>
    body
      .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
      .replace(/&(lt|gt|quot|apos|amp);/g, (_whole, name: string) => entities[name] ?? '')
      .trim(),
  );
}
