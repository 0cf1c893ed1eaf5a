import type { ReactNode } from 'react';

function icon(drawing: ReactNode): () => ReactNode {
  return function Icon() {
    return (
      <svg className="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
        {drawing}
      </svg>
    );
  };
}

export const BookIcon = icon(<><path d="M4 5.5A2.5 2.5 0 0 1 6.5 3H20v15H6.5A2.5 2.5 0 0 0 4 20.5z" /><path d="M4 20.5A2.5 2.5 0 0 0 6.5 21H20v-3" /></>);
export const BulbIcon = icon(<><path d="M9 18h6M10 21h4" /><path d="M12 3a6 6 0 0 0-3.6 10.8c.6.5.9 1.2.9 2V16h5.4v-.2c0-.8.3-1.5.9-2A6 6 0 0 0 12 3z" /></>);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const ChevronDownIcon = icon(<path d="m6 9 6 6 6-6" />);
export const ChevronUpIcon = icon(<path d="m6 15 6-6 6 6" />);
export const CloseIcon = icon(<path d="M6 6l12 12M18 6 6 18" />);
export const CopyIcon = icon(<><rect x="8" y="8" width="12" height="12" rx="2" /><path d="M16 8V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2" /></>);
export const DownloadIcon = icon(<path d="M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M4 20h16" />);
export const GlobeIcon = icon(<><circle cx="12" cy="12" r="9" /><path d="M3 12h18M12 3c2.5 2.6 3.8 5.6 3.8 9s-1.3 6.4-3.8 9c-2.5-2.6-3.8-5.6-3.8-9S9.500 5.600 12 3z" /></>);
export const HistoryIcon = icon(<><path d="M4 12a8 8 0 1 0 2.600-5.900L4 8.500" /><path d="M4 4v4.500h4.500M12 8v4.500l3 2" /></>);
export const LinkIcon = icon(<><path d="M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1" /><path d="M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1" /></>);
export const MergeIcon = icon(<><path d="M7 4v4c0 3 5 3 5 6v6M17 4v4c0 3-5 3-5 6" /><path d="m9 17 3 3 3-3" /></>);
export const MoonIcon = icon(<path d="M20 14.500A8 8 0 0 1 9.500 4a8 8 0 1 0 10.500 10.500z" />);
export const PlayIcon = icon(<path d="M8 5.500v13l10.500-6.500z" fill="currentColor" />);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const RefreshIcon = icon(<><path d="M20 12a8 8 0 1 1-2.500-5.800" /><path d="M20 4v4.500h-4.500" /></>);
export const StopIcon = icon(<rect x="7" y="7" width="10" height="10" rx="1.500" fill="currentColor" />);
export const SunIcon = icon(<><circle cx="12" cy="12" r="4" /><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M18.400 5.600 17 7M7 17l-1.400 1.400" /></>);
export const TidyIcon = icon(<path d="M4 6h16M8 11h12M8 16h8M4 21h10" />);
export const TreeIcon = icon(<><rect x="4" y="3.500" width="7" height="5" rx="1" /><rect x="13" y="10" width="7" height="5" rx="1" /><rect x="13" y="17" width="7" height="4" rx="1" /><path d="M7 8.500V19h6M7 12.500h6" /></>);
export const WarningIcon = icon(<><path d="M12 4 2.800 19.500h18.400z" /><path d="M12 10v4.500M12 17.200v.1" /></>);
