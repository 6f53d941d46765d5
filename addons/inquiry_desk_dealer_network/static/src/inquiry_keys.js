import { InquiryTriageRenderer } from "@inquiry_desk/list/inquiry_views";

// D on a row of the queue hands it to the suggested dealer.
InquiryTriageRenderer.KEYS.d = "action_hand_to_dealer";
