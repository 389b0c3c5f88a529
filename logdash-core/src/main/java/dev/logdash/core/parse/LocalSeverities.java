package dev.logdash.core.parse;

/**
 * The words of severity in other languages than English, as PostgreSQL, java.util.logging and
 * Windows write them. Words that are more often something else are left out.
 */
final class LocalSeverities {

  private static final int[] NUMBERS = {1, 5, 9, 10, 13, 17, 21, 24};

  private static final LocalWords WORDS =
      new LocalWords(
          NUMBERS,
          "feiner",
          "fein précis detallado detalhado ausführlich отладка налагодження 调试 详细 詳細 디버그 미세",
          "information informationen infos informations información informações informacion"
              + " informazioni konfiguration configuración configuração configurazione logg"
              + " сообщение информация сведения інформація записування 信息 資訊 情報 日志 配置 組態 構成"
              + " 정보 로그 구성",
          "hinweis notifica notis nota замечание повідомлення 注意 알림",
          "warnung avertissement attention advertencia advertência aviso avviso avvertenza"
              + " attenzione varning waarschuwing ostrzeżenie uyarı предупреждение попередження"
              + " 警告 경고",
          "fehler schwerwiegend erreur grave erro errore fel allvarlig fout błąd hata ошибка"
              + " помилка 错误 錯誤 エラー 严重 嚴重 重大 오류 심각",
          "kritisch critique crítico critico fatale fatalt важно критический критическая фатально"
              + " 致命错误 致命的エラー 치명적오류",
          "panik pânico panico паника паніка 比致命错误还过分的错误 손상");

  // What PostgreSQL says about the message before: details, hints, queries, contexts, statements.
  private static final LocalWords PARTS =
      new LocalWords(
          new int[] {9},
          "context query tipp anfrage zusammenhang anweisung detalle consulta contexto sentencia"
              + " détail dettagli suggerimento contesto istruzione detalj tips fråga kontext sats"
              + " подробности подсказка запрос контекст оператор відомості указівка запит"
              + " інструкція 详细信息 提示 查询 上下文 语句 詳細 ヒント 問い合わせ 文脈 文 상세정보 힌트 쿼리 내용");

  private LocalSeverities() {}

  /** The number of a word in one of its usual cases, or 0. */
  static int ofWord(byte[] b, int from, int to) {
    return WORDS.get(b, from, to);
  }

  /** Info if the word says what the line has to do with PostgreSQL's message before it, else 0. */
  static int ofPart(byte[] b, int from, int to) {
    return PARTS.get(b, from, to);
  }
}
