import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { SearchKind } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import type { Linked } from './fields';

const Records = graphql(`
  query PickRecords($text: String!, $kinds: [SearchKind!]) {
    hits: search(text: $text, kinds: $kinds, first: 8) {
      record {
        __typename
        ... on Organization { id code name { text } }
        ... on Agreement { id code title { text } }
        ... on Project { id code title { text } }
        ... on AdministrativeUnit { id code: pcode name { text } }
      }
    }
  }
`);
const Codes = graphql(`
  query PickCodes($where: CodeListItemWhere) {
    items: codeListItems(where: $where, first: 60) { nodes { id code name { text } } }
  }
`);
const Accounts = graphql(`
  query PickAccounts($text: String!) {
    accounts(where: { name: { contains: $text }, isDisabled: { eq: false } }, first: 12) { nodes { id login name } }
  }
`);

/** A record that may be linked. */
export interface Choosable {
  id: string;
  code: string;
  label: string;
}

/** What is looked for: records of a kind, or items of a code list. */
export type Among = { of: Linked } | { list: string | readonly string[] };

interface PickerProps {
  among: Among;
  /** What is linked now; empty if nothing is. */
  label: string;
  name: string;
  isWrong?: boolean;
  describedBy?: string;
  /** Called with null when the link was taken out. */
  onPick: (picked: Choosable | null) => void;
}

/** A field in which a record is looked for as one types, and chosen with arrows and Enter or by pointer. */
export function Picker(props: PickerProps): ReactNode {
  const { t } = useTranslation('edit');
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const asked = useDeferredValue(text);
  const { found, isCurrent } = useChoosable(props.among, asked);
  // What was found for earlier words is not what somebody means who goes on typing.
  const isReady = isCurrent && asked === text;
  // A code list can be looked through before a letter is written.
  const isOpen = text !== null && (text.trim() !== '' || ('list' in props.among && !props.label));
  const choose = (one: Choosable | undefined): void => {
    if (!one) return;
    props.onPick(one);
    setText(null);
  };
  const open = (): void => {
    setText('');
    setAt(0);
  };
  const leave = (): void => {
    if (text === '' && props.label) props.onPick(null);
    setText(null);
  };
  const keys = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'ArrowDown' && !isOpen && !props.label) open();
    else if (step !== undefined && isOpen) {
      // A step among earlier hits would count in those that come: Enter would take one that nobody has seen there.
      if (isReady && found.length > 0) setAt((now) => (now + step + found.length) % found.length);
    } else if (event.key === 'Enter' && isOpen) choose(isReady ? found[at] : undefined);
    else if (event.key === 'Escape') setText(null);
    else return;
    event.preventDefault();
  };
  return (
    <div className="edit-picker">
      <input
        role="combobox"
        dir="auto"
        autoComplete="off"
        aria-label={props.name}
        aria-expanded={isOpen}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && isReady && found[at] ? `${id}${at}` : undefined}
        aria-invalid={props.isWrong || undefined}
        aria-describedby={props.describedBy}
        placeholder={t('look for')}
        value={text ?? props.label}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={keys}
        onClick={() => text === null && !props.label && open()}
        onBlur={leave}
      />
      <ul role="listbox" id={`${id}list`} aria-label={props.name} aria-busy={!isReady} hidden={!isOpen}>
        {found.map((one, index) => (
          // The field keeps the focus, so that it is not left before the choice is taken.
          <li key={one.id} id={`${id}${index}`} role="option" aria-selected={isReady && index === at} onPointerDown={(event) => event.preventDefault()} onClick={() => choose(one)}>
            <span dir="auto">{one.label}</span> <bdi className="edit-code">{one.code}</bdi>
          </li>
        ))}
        {isReady && found.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled>
            {t('nothing found')}
          </li>
        )}
      </ul>
    </div>
  );
}

/** What may be chosen, and whether it answers these words or still earlier ones. */
function useChoosable(among: Among, text: string | null): { found: Choosable[]; isCurrent: boolean } {
  const words = text?.trim() ?? '';
  const of = 'of' in among ? among.of : null;
  const list = 'list' in among ? among.list : null;
  const records = useGraph(Records, { text: words, kinds: of && of !== 'ACCOUNT' ? [of satisfies SearchKind] : [] }, { enabled: words !== '' && of !== null && of !== 'ACCOUNT' });
  const accounts = useGraph(Accounts, { text: words }, { enabled: words !== '' && of === 'ACCOUNT' });
  const codes = useGraph(
    Codes,
    { where: { list: { in: [list ?? ''].flat() }, status: { eq: 'ACTIVE' }, ...(words && { or: [{ search: words }, { code: { startsWith: words } }] }) } },
    { enabled: text !== null && list !== null },
  );
  const answer = list !== null ? codes : of === 'ACCOUNT' ? accounts : records;
  const isCurrent = !answer.isPlaceholderData && answer.data !== undefined;
  if (list !== null && text !== null) return { found: codes.data?.items.nodes.map(({ id, code, name }) => ({ id, code, label: name?.text ?? code })) ?? [], isCurrent };
  if (words === '') return { found: [], isCurrent };
  if (of === 'ACCOUNT') return { found: accounts.data?.accounts.nodes.map(({ id, login, name }) => ({ id, code: login, label: name })) ?? [], isCurrent };
  const found =
    records.data?.hits.flatMap(({ record }) => {
      if (!record) return [];
      const name = 'name' in record ? record.name : 'title' in record ? record.title : null;
      return [{ id: record.id, code: record.code, label: name?.text ?? record.code }];
    }) ?? [];
  return { found, isCurrent };
}
