package graph

// ownWriters are the writers of the mutations that follow no convention, by name.
func (g *Graph) ownWriters() map[string]writer {
	return map[string]writer{
		"mergeOrganizations":         mergeOrganizations,
		"takeBackTranslation":        takeBackTranslation,
		"takeBackTranslationRequest": takeBackTranslationRequest,
		"revokeApiToken":             revokeApiToken,
		"createCalendarFeed":         createCalendarFeed,
		"revokeCalendarFeed":         revokeCalendarFeed,
		"seeNotices":                 seeNotices,
		"setDigest":                  setDigest,
		"writeTranslation":           writeTranslation,
		"reviewTranslation":          reviewTranslation,
		"certifyTranslation":         certifyTranslation,
		"returnTranslation":          returnTranslation,
		"removeTranslation":          removeTranslation,
		"moveTranslationRequest":     moveTranslationRequest,
	}
}
