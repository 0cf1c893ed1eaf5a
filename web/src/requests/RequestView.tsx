import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { tellDone } from '../desk/done';
import { PeekForm } from '../edit/PeekForm';
import { Upload } from '../edit/Upload';
import { graphql } from '../gql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { useGraph } from '../graph/useGraph';
import { Facts } from '../look/Facts';
import { Refusals } from '../look/Refusals';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useDraft } from '../shell/useDraft';
import { useLanguage } from '../shell/language';
import { request as form } from './request';
import { type Onlooker, type Request, type Status, mayChange, stepsOf } from './steps';

const Move = graphql(`mutation RequestsMove($input: MoveTranslationRequestInput!) { moveTranslationRequest(input: $input) { translationRequest { id version status } userErrors { path code message messageAr } } }`);
const TakeBack = graphql(`mutation RequestsTakeBack($input: RecordInput!) { takeBackTranslationRequest(input: $input) { userErrors { path code message messageAr } } }`);
const Attach = graphql(`mutation RequestsAttach($input: UpdateTranslationRequestInput!) { updateTranslationRequest(input: $input) { userErrors { path code message messageAr } } }`);

/** One request: what is asked for, its files, the steps that are open, and those that were taken. */
export function RequestView(props: { request: Request; who: Onlooker; onClose: () => void; onMade: (id: string) => void }): ReactNode {
  const { t } = useTranslation('requests');
  const { locale } = useLanguage();
  const format = useFormat();
  const names = useNames();
  const { request, who } = props;
  const languages = new Intl.DisplayNames(locale, { type: 'language' });
  const facts: [string, ReactNode][] = [
    ['languages', t('fromInto', { from: languages.of(request.sourceLocale), into: languages.of(request.locale) })],
    ['due', request.dueOn && format.date(request.dueOn)],
    ['priority', names('Priority', request.priority)],
    ['assignee', request.assigneeName ? <bdi>{request.assigneeName}</bdi> : t('nobody')],
    ['requester', request.requesterName && <bdi>{request.requesterName}</bdi>],
    ['purpose', request.purpose && <span dir="auto">{request.purpose}</span>],
    ['pages', request.pages && format.number(request.pages)],
    ['agreement', request.agreement && <To to={`/agreements/${request.agreement.id}`}><Texted text={request.agreement.title} fallback={request.agreement.code} /></To>],
  ];
  return (
    <>
      <PeekHead onClose={props.onClose}>
        <bdi dir="ltr">{request.code}</bdi> · {names('TranslationRequestStatus', request.status)}
      </PeekHead>
      <h2>
        <Texted text={request.title} fallback={request.code} />
      </h2>
      {request.isConfidential && <p className="requests-secret">{t('confidential')}</p>}
      <Steps request={request} who={who} />
      <Facts facts={facts} name={(name) => t(`fact.${name}`)} />
      <Files request={request} who={who} />
      <section className="requests-part" aria-label={t('history')}>
        <h3>{t('history')}</h3>
        <ol className="requests-steps">
          {request.events.map((event) => (
            <li key={event.at + event.status}>
              <b>{t(event.takesBack ? 'takenBack' : 'became', { state: names('TranslationRequestStatus', event.status) })}</b> <span>
                {event.actorName && (
                  <>
                    <bdi>{event.actorName}</bdi> ·{' '}
                  </>
                )}
                <bdi>{format.moment(event.at)}</bdi>
              </span>
              {event.comment && <q dir="auto">{event.comment}</q>}
            </li>
          ))}
        </ol>
      </section>
      {mayChange(request, who) && (
        <details className="requests-part">
          <summary>{t('change')}</summary>
          <PeekForm kind="translationRequest" form={form} id={request.id} onMade={props.onMade} />
        </details>
      )}
    </>
  );
}

/** The letter that leads to a step: the next one, or the way back. */
const keyOf = (step: Status, index: number): string | undefined => (step === 'RETURNED' ? 'R' : index === 0 && step !== 'CANCELLED' ? 'S' : undefined);

/** The steps that this person may take now, with what is to be said, and to whom the request is given. */
function Steps(props: { request: Request; who: Onlooker }): ReactNode {
  const { t } = useTranslation('requests');
  const { request, who } = props;
  const steps = stepsOf(request, who);
  const names = useNames();
  const draft = useDraft(`step:${request.id}`, '');
  const comment = draft.text;
  const [translator, setTranslator] = useState('');
  const leads = who.roles.some((role) => role === 'REVIEWER' || role === 'CERTIFIER' || role === 'APPROVER');
  const move = useChange(
    async (to: Status) => {
      // Whoever leads says who is to translate; a translator takes it.
      const assigneeId = to === 'ASSIGNED' ? (leads ? translator : who.id) : '';
      const input = { id: request.id, version: request.version, to, ...(comment.trim() ? { comment: comment.trim() } : {}), ...(assigneeId ? { assigneeId } : {}) };
      return (await ask(Move, { input })).moveTranslationRequest;
    },
    {
      onTaken: ({ translationRequest: now }) => {
        draft.taken();
        if (!now) return;
        const { id, version } = now;
        tellDone({
          name: 'request',
          what: request.title?.text ?? request.code,
          state: names('TranslationRequestStatus', now.status),
          undo: async () => (await ask(TakeBack, { input: { id, version } })).takeBackTranslationRequest,
        });
      },
    },
  );
  if (steps.length === 0) return <p className="desk-none">{t('noSteps')}</p>;
  return (
    <div className="desk-form look-inputs">
      {steps.includes('ASSIGNED') && leads && <Translators chosen={translator} onChoose={setTranslator} />}
      <label>
        {t(steps.includes('RETURNED') ? 'commentNeeded' : 'comment')}
        <textarea rows={2} dir="auto" value={comment} onChange={(event) => draft.write(event.target.value)} />
      </label>
      <Refusals lines={move.wrong} />
      <div className="desk-acts">
        {steps.map((step, index) => {
          const key = keyOf(step, index);
          return (
            <button key={step} type="button" className={index === 0 && step !== 'CANCELLED' ? 'look-button look-button-main' : 'look-button'} disabled={move.isPending} aria-keyshortcuts={key} onClick={() => move.send(step)}>
              {t(step === 'ASSIGNED' && !leads ? 'step.TAKE' : `step.${step}`)} {key && <kbd dir="ltr">{key}</kbd>}
            </button>
          );
        })}
      </div>
    </div>
  );
}

const People = graphql(`
  query RequestsTranslators {
    translators { accountId name openRequests }
  }
`);

function Translators(props: { chosen: string; onChoose: (id: string) => void }): ReactNode {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const { data } = useGraph(People, {});
  return (
    <label>
      {t('translator')}
      <select value={props.chosen} onChange={(event) => props.onChoose(event.target.value)}>
        <option value="">{t('chooseTranslator')}</option>
        {data?.translators.map((each) => (
          <option key={each.accountId} value={each.accountId}>
            {t('load', { name: each.name, count: each.openRequests, shown: format.number(each.openRequests) })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The document and its translation; whoever translates puts the latter here. */
function Files(props: { request: Request; who: Onlooker }): ReactNode {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const { request, who } = props;
  const attach = useChange(
    async (translatedFileId: string | null) => (await ask(Attach, { input: { id: request.id, version: request.version, translationRequest: { translatedFileId } } })).updateTranslationRequest,
  );
  const isOver = request.status === 'DELIVERED' || request.status === 'CANCELLED';
  const mayAttach = !isOver && (request.assignee?.id === who.id || mayChange(request, who));
  const link = (file: Request['file'], none: string): ReactNode =>
    file ? (
      <p>
        <a href={file.url} download={file.name}>
          <bdi>{file.name}</bdi>
        </a>{' '}
        <span>{t('size', { shown: format.number(Math.ceil(file.byteSize / 1024)) })}</span>
      </p>
    ) : (
      <p className="desk-none">{none}</p>
    );
  return (
    <section className="requests-part look-inputs" aria-label={t('files')}>
      <h3>{t('document')}</h3>
      {link(request.file, t('noDocument'))}
      <h3>{t('translated')}</h3>
      {link(request.translatedFile, t('noTranslated'))}
      {mayAttach && <Upload label="" name={t(request.translatedFile ? 'replaceTranslated' : 'addTranslated')} onStored={(file) => attach.send(file?.id ?? null)} />}
      <Refusals lines={attach.wrong} />
    </section>
  );
}
