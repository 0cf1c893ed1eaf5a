import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { Refusals } from '../look/Refusals';

const Set = graphql(`
  mutation MeDigest($input: SetDigestInput!) {
    setDigest(input: $input) { userErrors { path code message messageAr } }
  }
`);

/** Asks for the daily mail about what is due, or ends it. */
export function Digest(props: { isWanted: boolean; email: string | undefined }): ReactNode {
  const { t } = useTranslation('me');
  const [wanted, setWanted] = useState(props.isWanted);
  const change = useChange(async (wanted: boolean) => (await ask(Set, { input: { wanted } })).setDigest);
  // As it was just chosen; what was refused stands as before.
  const isOn = change.isPending || change.taken ? wanted : props.isWanted;
  return (
    <>
      <p>{t('digestHint')}</p>
      {props.email ? (
        <p>
          {t('digestTo')} <bdi dir="ltr">{props.email}</bdi>
        </p>
      ) : (
        <p>{t('digestNowhere')}</p>
      )}
      <label className="me-check">
        {/* An old choice can always be ended; a new one needs somewhere to go. */}
        <input
          type="checkbox"
          checked={isOn}
          disabled={!props.email && !isOn}
          onChange={(event) => {
            setWanted(event.target.checked);
            change.send(event.target.checked);
          }}
        />
        {t('digestOn')}
      </label>
      <p role="status">{change.taken && t(isOn ? 'digestAsked' : 'digestEnded')}</p>
      <Refusals lines={change.wrong} />
    </>
  );
}
