import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone } from '../desk/done';
import { graphql } from '../gql';
import type { Role } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { Refusals } from '../look/Refusals';
import { useWho } from '../sign/session';
import { type Task, TakeBack } from './queue';
import './takeOut.css';

const Remove = graphql(`mutation TranslationRemove($input: RecordInput!) { step: removeTranslation(input: $input) { ...TranslationStepped } }`);

/** Who takes out a draft, and who a newer text beside a translation, which its translator takes back too. */
const remove = { draft: ['TRANSLATOR', 'EDITOR', 'APPROVER'], newer: ['EDITOR', 'APPROVER', 'REVIEWER', 'CERTIFIER'] } as const satisfies Record<string, readonly Role[]>;

/** Takes out a text that nobody has approved: a draft, or the newer text that waits beside a translation. What remains is said first; what readers see is not taken out here. */
export function TakeOut(props: { translation: NonNullable<Task['translation']>; /** Which text it is, as people call it. */ what: string; onTaken: () => void }): ReactNode {
  const { t } = useTranslation('translate');
  const { data: who } = useWho();
  const { translation } = props;
  const { id, version, status, proposal } = translation;
  const change = useChange(async (_: null) => (await ask(Remove, { input: { id, version } })).step, {
    onTaken: ({ translation: stays }) => {
      tellDone({ name: stays ? 'takeOut' : 'takeOutDraft', what: props.what, ...(stays && { undo: async () => (await ask(TakeBack, { input: stays })).takeBackTranslation }) });
      props.onTaken();
    },
  });
  const isApproved = status === 'REVIEWED' || status === 'CERTIFIED' || status === 'ORIGINAL';
  const isOwn = proposal?.translator !== null && proposal?.translator === who?.account?.name;
  const may = isOwn || remove[proposal ? 'newer' : 'draft'].some((role) => who?.roles.includes(role));
  if ((isApproved && !proposal) || !may) return null;
  return (
    <details className="translate-out">
      <summary>{t(proposal ? 'takeOut.newer' : 'takeOut.draft')}</summary>
      <p>{t(proposal ? 'takeOut.newerMeans' : 'takeOut.draftMeans')}</p>
      {proposal && isApproved && (
        <blockquote dir="auto" className="translate-stays">
          {translation.text}
        </blockquote>
      )}
      <p>{t('takeOut.kept')}</p>
      <Refusals lines={change.wrong} />
      <button type="button" className="look-button" disabled={change.isPending} onClick={() => change.send(null)}>
        <Trash2 aria-hidden size={15} /> {t('takeOut.do')}
      </button>
    </details>
  );
}
